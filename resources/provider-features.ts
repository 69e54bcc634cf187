/** An attribute, or a value of one, that a newer release of hashicorp/google has brought. */
export interface ProviderFeature {
  readonly type: string;
  /** Dotted, without indexes. */
  readonly path: string;
  /** The first minor release that has it, as resources/facts/ says (a test compares them). */
  readonly since: string;
  /** The value of an enumeration, where the attribute itself is older. */
  readonly value?: string;
}

const SERVICE = "google_cloud_run_v2_service";
const WORKER_POOL = "google_cloud_run_v2_worker_pool";
const SSL_POLICY = "google_compute_ssl_policy";

/** What settings of an environment use, and 6.50.0 does not have. Constructs write it as overrides of their resources. */
export const providerFeatures = {
  readinessProbe: { type: SERVICE, path: "template.containers.readiness_probe", since: "7.19.0" },
  defaultUriDisabled: { type: SERVICE, path: "default_uri_disabled", since: "7.6.0" },
  iap: { type: SERVICE, path: "iap_enabled", since: "7.21.0" },
  workerPoolConnector: { type: WORKER_POOL, path: "template.vpc_access.connector", since: "7.3.0" },
  workerPoolProbes: { type: WORKER_POOL, path: "template.containers.startup_probe", since: "7.5.0" },
  /** 6.37 to 6.50 had it, too, but no probe to wait for. */
  workerPoolOrder: { type: WORKER_POOL, path: "template.containers.depends_on", since: "7.10.0" },
  tls13: { type: SSL_POLICY, path: "min_tls_version", since: "7.17.0", value: "TLS_1_3" },
  fipsProfile: { type: SSL_POLICY, path: "profile", since: "7.17.0", value: "FIPS_202205" },
  redisDeletionProtection: { type: "google_redis_instance", path: "deletion_protection", since: "7.8.0" },
  /** Of nearly every type, in one release. */
  deletionPolicy: { type: "google_redis_instance", path: "deletion_policy", since: "7.33.0" },
} satisfies Record<string, ProviderFeature>;
