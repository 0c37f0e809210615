"""What every student's server has, whoever starts it: goes to /etc/jupyter/ (deploy/lay-out puts it there)."""
c = get_config()  # noqa: F821

# The launcher shows one ".NET (C#)" and no Python beside it, though both names of the kernel may be installed on this machine.
# A notebook that names unroll-csharp opens with it too: Jupyter takes the one kernel of the notebook's language.
c.KernelSpecManager.allowed_kernelspecs = {".net-csharp"}
c.KernelSpecManager.ensure_native_kernel = False
c.MappingKernelManager.default_kernel_name = ".net-csharp"

# Sockets with names in a folder of the student's. With ports, two servers on one machine choose the same one sooner or later:
# of forty kernels that were started within the same seconds, three did not start.
c.KernelManager.transport = "ipc"

# A kernel is two .NET processes. One that nobody has used for half an hour ends, though its page is still open somewhere, but
# never one that is busy; a server without any ends an hour after its last page was closed. Both come back with the next click; variables do not.
c.MappingKernelManager.cull_idle_timeout = 30 * 60
c.MappingKernelManager.cull_interval = 60
c.MappingKernelManager.cull_connected = True
c.MappingKernelManager.cull_busy = False
c.ServerApp.shutdown_no_activity_timeout = 60 * 60

# Outputs of hundreds of megabytes would end the browser before the server.
c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = 10_000_000
