import type { Block, Resource, Value } from "../../graph/index.ts";

/** One environment variable of a container; a value from a secret has `secret` instead of `value`. */
export interface Variable {
  readonly name: string;
  readonly value: Value | undefined;
  readonly secret: SecretUse | undefined;
}

/** A secret that a container reads, as an environment variable or as a file. */
export interface SecretUse {
  /** Where it is used, for messages: "environment variable TOKEN", "volume keys". */
  readonly place: string;
  readonly secret: Value | undefined;
  readonly version: Value | undefined;
  /** Project that a function names beside the short id. */
  readonly project: Value | undefined;
}

export interface Interface {
  readonly network: Value | undefined;
  readonly subnetwork: Value | undefined;
  readonly tags: readonly string[];
}

export interface SqlVolume {
  readonly name: string | undefined;
  readonly instances: readonly Value[];
}

export interface Container {
  readonly env: readonly Variable[];
  /** False where a part of the environment cannot be known, so that nothing counts as absent. */
  readonly envKnown: boolean;
  readonly mounts: readonly Block[];
  /** False for a sidecar: of several containers only one takes the requests. */
  readonly takesRequests: boolean;
}

/** Cloud Run service, job or function, of whichever version of the API, in one shape. */
export interface Workload {
  readonly resource: Resource;
  readonly containers: readonly Container[];
  readonly connector: Value | undefined;
  readonly interfaces: readonly Interface[];
  /** False where the VPC access itself cannot be known. */
  readonly accessKnown: boolean;
  /** "ALL_TRAFFIC", "PRIVATE_RANGES_ONLY" (which an unset one means), or undefined where it cannot be known. */
  readonly egress: string | undefined;
  readonly sqlVolumes: readonly SqlVolume[];
  readonly secrets: readonly SecretUse[];
  readonly serviceAccount: Value | undefined;
}
