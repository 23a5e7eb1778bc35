# The edge on a machine of your own: workerd serve workerd.capnp
#
# Beside this file: index.js and index_bg.wasm (the bundle), edge.json (what is let through) and
# upstream-ca.pem (the authority that signed your upstreams' certificates). And a folder "memory", which
# the edge may write to: for snapshots, if edge.json wants any.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  # Room for what requests leave behind, in MB: as V8 starts it is cleared so often that a request takes a
  # fifth longer. It costs some 125 MB of memory under load; delete the line where that is dear.
  v8Flags = ["--min-semi-space-size=32", "--max-semi-space-size=32"],
  services = [
    (name = "edge", worker = .edge),
    (name = "upstreams", network = (
      # A private CUCM is what a self-hosted edge is for; edge.json says which one.
      allow = ["local", "private", "public"],
      tlsOptions = (
        trustBrowserCas = true,
        # Delete this line when all upstreams have certificates of public authorities.
        trustedCertificates = [embed "upstream-ca.pem"],
      ),
    )),
    # Relative to where workerd is started; --directory-path=memory=FOLDER moves it.
    (name = "memory", disk = (path = "memory", writable = true)),
  ],
  # Loopback: put the TLS terminator of your choice in front, or see docs/edge.md.
  sockets = [(name = "http", address = "127.0.0.1:8701", http = (), service = "edge")],
);

const edge :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "./index_bg.wasm", wasm = embed "index_bg.wasm"),
  ],
  bindings = [
    (name = "SEATREE_EDGE", text = embed "edge.json"),
    # Secrets that edge.json names, each from the environment, such as
    # (name = "CUCM_PASSWORD", fromEnvironment = "CUCM_PASSWORD"),
    (name = "SEATREE_MEMORY", durableObjectNamespace = "Memory"),
  ],
  # The key names the folder of its databases: another one would find none of them.
  durableObjectNamespaces = [(className = "Memory", uniqueKey = "seatree-memory", enableSql = true)],
  durableObjectStorage = (localDisk = "memory"),
  globalOutbound = "upstreams",
  compatibilityDate = "2026-09-01",
);
