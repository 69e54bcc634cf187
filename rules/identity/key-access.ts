import { agentMayHold } from "../../analysis/identity/grants.ts";
import { encryptedResources } from "../data/encryption-key.ts";
import type { Rule } from "../rule.ts";

const ROLES = ["roles/cloudkms.cryptoKeyEncrypterDecrypter", "roles/cloudkms.cryptoOperator"];
const SCOPES = ["kms_crypto_key", "kms_key_ring"];

/** Google's services encrypt with a key as accounts of their own. */
export const keyAccess: Rule = {
  id: "identity/key-access",
  why: "A service of Google encrypts with a key as its service agent, which may not use a new key by itself.",
  limit:
    "the service agent of a resource holds roles/cloudkms.cryptoKeyEncrypterDecrypter on the key that encrypts it",
  fix: "Grant the role on the key to the service agent, and let the resource depend on the grant.",
  source: "https://docs.cloud.google.com/kms/docs/cmek",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete) return;
    for (const { resource, attribute, agent, key } of encryptedResources(graph)) {
      // The grants of a key that the input does not define are elsewhere as well.
      if (key === undefined || agentMayHold(graph, agent, ROLES, SCOPES)) continue;
      yield {
        resource,
        severity: "warning",
        message: `${attribute} is ${key.address}, and no account of ${agent}.iam.gserviceaccount.com has ${ROLES[0]} on it; rejected by the API: the service may not use the key.`,
        fix: `Grant ${ROLES[0]} on ${key.address} to "serviceAccount:service-\${data.google_project.this.number}@${agent}.iam.gserviceaccount.com".`,
      };
    }
  },
};
