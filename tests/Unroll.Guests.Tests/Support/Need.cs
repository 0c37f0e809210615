namespace Unroll.Guests.Tests.Support;

/// <summary>What a machine may lack.</summary>
internal static class Need
{
    /// <summary>Skips the test where a need is not met; fails it in CI.</summary>
    public static void Met(bool isMet, string reason)
    {
        if (isMet)
            return;
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
            Assert.Fail($"CI must have it: {reason}");
        Assert.Skip(reason);
    }
}
