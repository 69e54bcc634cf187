import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "its value is lost",
  replaced: "it gets another value; clients using the old one can no longer log in",
  holdsData: true,
};

/** Secret values that other providers generate and keep in the state. */
export const generatedSecrets: readonly ResourceType[] = [
  { type: "random_password", label: "generated secret", deleteImpact },
  { type: "random_bytes", label: "generated secret", deleteImpact },
  { type: "tls_private_key", label: "generated secret", deleteImpact },
];
