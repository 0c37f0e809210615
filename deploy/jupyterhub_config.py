"""JupyterHub on one machine, for a class: students log in with their accounts on it (docs/class.md says how to make them).

    jupyterhub -f deploy/jupyterhub_config.py

It listens on this machine alone. Put a web server that speaks TLS in front of it, or give it a certificate (ssl_cert, ssl_key)
before it listens elsewhere: students send passwords.
"""
import os
import shutil

c = get_config()  # noqa: F821
shared = os.environ.get("UNROLL_SHARED", "/opt/unroll")

c.JupyterHub.bind_url = os.environ.get("UNROLL_BIND", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = os.environ.get("UNROLL_HUB_BIND", "http://127.0.0.1:8081")

# Accounts of this machine; of these, who is in the group students, and teachers, who may also look after the servers of others.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"students"}
c.PAMAuthenticator.admin_groups = {"teachers"}

# Each student's server starts through unroll-student, which gives the lessons before it.
c.Spawner.cmd = [os.path.join(shared, "bin", "unroll-student"), "jupyterhub-singleuser"]
c.Spawner.default_url = "/lab/tree/lessons/notebooks"
c.Spawner.notebook_dir = "~"

# Each student's server has a port of its own, below those that the system gives away. Left to chance, two servers of forty that
# started together chose the same one, and one student met the other's server (and was refused).
first_port = int(os.environ.get("UNROLL_FIRST_PORT", "20000"))


def own_port(spawner):
    spawner.port = first_port + spawner.user.id


c.Spawner.pre_spawn_hook = own_port

# A class logs in within a minute. Above this number of servers that are starting, a student is told to try again.
c.JupyterHub.concurrent_spawn_limit = 200
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# Restarting the hub does not end the students' servers.
c.JupyterHub.cleanup_servers = False
c.JupyterHub.cleanup_proxy = True

# Where systemd runs and its spawner is installed (the package jupyterhub-systemdspawner), the kernel of the machine holds each
# student to these. Without it they are not enforced, and only the limits of unroll-student hold: .NET's heap, processors.
c.Spawner.mem_limit = "2G"
c.Spawner.cpu_limit = 2.0
if os.path.isdir("/run/systemd/system") and shutil.which("systemd-run"):
    try:
        import systemdspawner  # noqa: F401

        c.JupyterHub.spawner_class = "systemd"
        c.SystemdSpawner.isolate_tmp = True
    except ImportError:
        pass
