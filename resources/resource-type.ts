import type { Attributes } from "./attributes.ts";
import type { Condition } from "./constraints/condition.ts";
import type { Constraint } from "./constraints/constraint.ts";
import type { Validity } from "./versions.ts";

/** Field constraints that are reported under one rule of the rule book. */
export interface FieldRule {
  /**
   * Stable id, "family/name". Several types may share one rule, which is described once: with `why`, or not at all
   * where a rule file has this id: the constraints are then reported together with what the rule finds.
   */
  readonly id: string;
  /** One sentence: what goes wrong when a constraint is broken. */
  readonly why?: string;
  /** What the rule reports for its example. @default "error" */
  readonly exampleSeverity?: "error" | "warning";
  /** What to do about it, in general, where a constraint has no better advice. */
  readonly fix?: string;
  /** Where it is documented, for constraints that do not say so themselves. */
  readonly source: string;
  readonly constraints: readonly Constraint[];
}

/** The role that manages a type, or the permissions where every role of Google's gives too much. */
export type RequiredRole = string | readonly string[];

/** What is known of a deletion, or of a replacement, which deletes the old resource. */
export interface DeleteContext {
  readonly before: Attributes;
  /** The values after a replacement; nothing after a deletion. */
  readonly after: Attributes;
  readonly createBeforeDestroy: boolean;
  /** Names of the services and jobs that use the resource now. */
  readonly users: readonly string[];
}

/** A sentence without its end; undefined where nothing is lost. */
export type Impact = string | ((context: DeleteContext) => string | undefined);

export interface DeleteImpact {
  readonly destroyed: Impact | undefined;
  /** By default the same as `destroyed`. */
  readonly replaced?: Impact | undefined;
  /** True where what is left over of a failed replacement still holds data. */
  readonly holdsData?: boolean;
}

/** What restarts a resource although Terraform calls it an update in place. */
export interface RestartCauses {
  readonly attributes: readonly string[];
  /** Database flags that are read at start only. */
  readonly flags: readonly string[];
  /** Switches, with the name of what they switch on. */
  readonly switchedOn: Readonly<Record<string, string>>;
}

/** A value that stands for "not written", in the provider versions that have it. */
export interface Default extends Validity {
  readonly value: string;
}

/** What clients connect to, and how it gets its private address. */
export interface Server {
  /** What it speaks: the protocol of Redis, that of a SQL database, NFS, or anything. */
  readonly kind: "redis" | "sql" | "files" | "machine";
  /** The attributes that are its address. */
  readonly address: RegExp;
  /** The TCP port, where it is the same for every server of the type. */
  readonly port?: number;
  /** The attribute that names the resource of which it is a part, which holds the network: the cluster of an instance. */
  readonly partOf?: string;
  /** The attributes that name the network of its private address; the first that is written counts. */
  readonly network: readonly string[];
  /** True where an unwritten network means the one called "default". */
  readonly networkByDefault?: boolean;
  /** When its address comes from private services access, which must exist before it; {} for always. */
  readonly privateServices?: Condition;
  /** The class of the service connection policy that must exist in its network and region before it. */
  readonly serviceClass?: string;
}

/** The customer-managed key that encrypts a resource. */
export interface EncryptionKey {
  /** The attribute that names the key, with blocks separated by dots. */
  readonly attribute: string;
  /** The repeated blocks that hold it, each with a location of its own; the resource itself by default. */
  readonly within?: string;
  /** The domain of Google's account that encrypts and decrypts with it, "gcp-sa-cloud-sql". */
  readonly agent: string;
}

/** Everything that is true of a Terraform resource type and that more than one reader needs. */
export interface ResourceType {
  /** As Terraform writes it: "google_vpc_access_connector". */
  readonly type: string;
  /** What a person calls one: "VPC connector". */
  readonly label: string;
  /**
   * The attribute that holds the short name; null where Google chooses the name.
   * @default "name"
   */
  readonly nameAttribute?: string | null;
  /** Within what a name is unique; undefined where that is not known. */
  readonly nameScope?: "world" | "project" | "region" | "zone" | "parent";
  /** The word before the name in ids: "projects/p/locations/l/connectors/NAME". */
  readonly collection?: string;
  /** What a person calls the kind in `--external KIND:NAME`: "connector". */
  readonly externalKind?: string;
  /** The id that `terraform import` takes, with {project}, {region}, {parent} and {name}. */
  readonly importId?: string;
  /** What managing resources of the type takes; undefined for types that this project does not make. */
  readonly requiredRole?: RequiredRole;
  /** Computed attributes that are certain before the apply, with {attribute} for what they are made of. */
  readonly derived?: Readonly<Record<string, string>>;
  /** By attribute, what the provider sends where nothing is written; for attributes of which a reader needs it. */
  readonly defaults?: Readonly<Record<string, readonly Default[]>>;
  /** By attribute, the types that its value names. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /** For what clients connect to. */
  readonly server?: Server;
  /** For what a key of Cloud KMS in its own location can encrypt. https://docs.cloud.google.com/kms/docs/cmek */
  readonly encryptionKey?: EncryptionKey;
  /** What is lost with a resource of the type; "safe" with the reason where that is nothing. */
  readonly deleteImpact?: DeleteImpact | { readonly safe: string };
  /** Changes in place that restart it and cut every connection. */
  readonly restartedBy?: RestartCauses;
  /** By attribute, the number of the environment file that states it. */
  readonly environmentKeys?: Readonly<Record<string, string>>;
  readonly fieldRules?: readonly FieldRule[];
}
