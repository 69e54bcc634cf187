import type { Api } from "./api.ts";

/** A client of Google's APIs, with their endpoints. */
export interface Google {
  readonly api: Api;
  /** Google's time, milliseconds since 1970; this machine's before the first response. */
  readonly now: () => number;
  readonly endpoints: Endpoints;
}

/** Base addresses of Google's APIs, without a final slash. */
export interface Endpoints {
  readonly artifactRegistry: string;
  readonly compute: string;
  readonly logging: string;
  readonly monitoring: string;
  readonly run: string;
  readonly secretManager: string;
  readonly storage: string;
}

/**
 * @param base one address for all of them, as for a proxy that knows them by their paths, which are all different
 *   @default Google's own
 */
export function endpoints(base?: string): Endpoints {
  const at = (api: string): string => base?.replace(/\/+$/, "") ?? `https://${api}.googleapis.com`;
  return {
    artifactRegistry: at("artifactregistry"),
    compute: at("compute"),
    logging: at("logging"),
    monitoring: at("monitoring"),
    run: at("run"),
    secretManager: at("secretmanager"),
    storage: at("storage"),
  };
}
