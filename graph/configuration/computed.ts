import { joined } from "../expression/values.ts";
import { isUnknown, type Value } from "../value.ts";

/** Reads another attribute of the same resource: as written, the provider's default, or unknown. */
type Read = (attribute: string) => Value;

/** Attributes that Google computes, but in a way that is certain before the apply. */
const computed: { readonly [typeAndAttribute: string]: (read: Read) => Value | undefined } = {
  "google_project.project_id": (read) => read("project"),
  "google_service_account.email": email,
  "google_service_account.member": (read) => joined(["serviceAccount:", email(read)]),
  "google_sql_database_instance.connection_name": (read) =>
    joined([read("project"), ":", read("region"), ":", read("name")]),
  "google_storage_bucket.url": (read) => joined(["gs://", read("name")]),
};

function email(read: Read): Value {
  return joined([read("account_id"), "@", read("project"), ".iam.gserviceaccount.com"]);
}

/** The value of an attribute that is not written; undefined where it is only known after apply. */
export function computedAttribute(type: string, attribute: string, read: Read): Value | undefined {
  const value = computed[`${type}.${attribute}`]?.(read);
  // A half-known email says less than the reference to its account, which `target` follows without fail.
  const isWhole = !isUnknown(value) || (value.parts.length === 0 && value.references.length > 0);
  return value === null || value === undefined || !isWhole ? undefined : value;
}

/** Attributes that resources take from their provider where they do not write them. */
export function isProvided(type: string, attribute: string): boolean {
  return (
    type.startsWith("google_") && (attribute === "project" || attribute === "region" || attribute === "zone")
  );
}
