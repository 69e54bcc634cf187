import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "what is encrypted with it can never be read again",
  holdsData: true,
};

/** Keys of Cloud KMS. */
export const kmsKeys: readonly ResourceType[] = [
  { type: "google_kms_crypto_key", label: "encryption key", deleteImpact },
  { type: "google_kms_key_ring", label: "encryption key", deleteImpact },
  { type: "google_kms_crypto_key_version", label: "encryption key", deleteImpact },
];
