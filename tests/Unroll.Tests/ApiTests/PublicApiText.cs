using System.Globalization;
using System.Reflection;
using System.Text;

namespace Unroll.Tests.ApiTests;

/// <summary>
/// Writes what others can use of an assembly: types and members that are public, or protected in a class that can be
/// derived from, with their signatures, sorted.
/// </summary>
internal static class PublicApiText
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Except(inherited).Where(one => one.IsPublic).ToArray();
        var interfaces = own.Where(one => !own.Any(other => other.GetInterfaces().Contains(one)));
        IEnumerable<string> bases = type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? [ApiTypeName.Of(parent)] : [];
        bases = [.. bases, .. interfaces.Select(one => ApiTypeName.Of(one)).Order(StringComparer.Ordinal)];
        return $"{kind} {type.FullName!.Replace('+', '.')}{(bases.Any() && !type.IsEnum ? " : " + string.Join(", ", bases) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type);
        var methods = type.GetMethods(All).Where(IsVisible)
            .Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(method => $"{Modifiers(method)}{Return(method)} {method.Name}{Generic(method)}({Parameters(method)})");
        return type.GetConstructors(All).Where(IsVisible).Select(one => $"{Modifiers(one)}{type.Name.Split('`')[0]}({Parameters(one)})")
            .Concat(methods)
            .Concat(type.GetProperties(All).Where(property => property.GetAccessors(true).Any(IsVisible)).Select(Property))
            .Concat(type.GetFields(All).Where(field => field.IsPublic || field.IsFamily).Select(Field));
    }

    /// <summary>Public or protected; not private protected, which is of no use outside.</summary>
    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "public " : "protected ";
        if (method is not MethodInfo info) return access;
        var isOverride = info.GetBaseDefinition() != info;
        return access + method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => isOverride ? "abstract override " : "abstract ",
            { IsVirtual: true, IsFinal: false } => isOverride ? "override " : "virtual ",
            { IsVirtual: true } when isOverride => "sealed override ",
            _ => "",
        };
    }

    private static string Return(MethodInfo method) => ApiTypeName.Of(method.ReturnParameter);

    private static string Generic(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
        : "";

    private static string Property(PropertyInfo property)
    {
        var (get, set) = (property.GetMethod, property.SetMethod);
        var leading = get is not null && IsVisible(get) ? get : set!;
        var accessors = (get is not null && IsVisible(get) ? "get; " : "") + (set is not null && IsVisible(set) ? Setter(set, leading) : "");
        var indexes = property.GetIndexParameters();
        var name = indexes.Length > 0 ? $"this[{string.Join(", ", indexes.Select(Parameter))}]" : property.Name;
        return $"{Modifiers(leading)}{ApiTypeName.Of(property)} {name} {{ {accessors}}}";
    }

    private static string Setter(MethodInfo set, MethodInfo leading)
    {
        var isInit = set.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name is "IsExternalInit");
        return $"{(set.IsPublic == leading.IsPublic ? "" : "protected ")}{(isInit ? "init" : "set")}; ";
    }

    private static string Field(FieldInfo field)
    {
        var modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{(field.IsPublic ? "public " : "protected ")}{modifiers}{ApiTypeName.Of(field)} {field.Name}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var isParams = parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "ParamArrayAttribute" or "ParamCollectionAttribute");
        var way = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : isParams ? "params " : "";
        return $"{way}{ApiTypeName.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue)}" : "")}";
    }

    private static string Default(object? value) => value switch
    {
        null => "null",
        string word => $"\"{word}\"",
        bool flag => flag ? "true" : "false",
        Enum name => name.ToString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
