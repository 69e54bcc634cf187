import { anything, duration, forbidden, form } from "../constraints/index.ts";
import { nameForm } from "../name-form.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "what is encrypted with it can never be read again",
  holdsData: true,
};

/** The algorithms that a key of each purpose takes. https://docs.cloud.google.com/kms/docs/algorithms */
const ALGORITHMS = [
  ["ENCRYPT_DECRYPT", /_SYMMETRIC_ENCRYPTION$/, "GOOGLE_SYMMETRIC_ENCRYPTION"],
  ["RAW_ENCRYPT_DECRYPT", /^AES_/, "AES_256_GCM"],
  ["ASYMMETRIC_SIGN", /_SIGN_/, "EC_SIGN_P256_SHA256"],
  ["ASYMMETRIC_DECRYPT", /_DECRYPT_/, "RSA_DECRYPT_OAEP_3072_SHA256"],
  ["MAC", /^HMAC_/, "HMAC_SHA256"],
] as const;

const named = nameForm(/^[A-Za-z0-9_-]{1,63}$/, {
  source: "https://docs.cloud.google.com/kms/docs/create-key-ring",
  words: "1 to 63 letters, digits, hyphens and underscores",
});

const key: FieldRule = {
  id: "data/kms-key",
  why: "A key is rotated and used in the ways of its purpose only, and its purpose can never be changed.",
  source: "https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys",
  constraints: [
    duration("rotation_period", {
      low: 86_400,
      outcome: "rejected at plan",
      fix: 'Write a day or more, for example "7776000s" for 90 days.',
    }),
    forbidden(["rotation_period"], {
      when: { purpose: ["RAW_ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "MAC"] },
      because: "only keys of purpose ENCRYPT_DECRYPT are rotated by Cloud KMS",
      fix: "Remove rotation_period, and add versions by hand.",
    }),
    duration("destroy_scheduled_duration", { low: 86_400, high: 10_368_000 }),
    ...ALGORITHMS.flatMap(([purpose, pattern, example]) =>
      (purpose === "ENCRYPT_DECRYPT" ? [purpose, undefined] : [purpose]).map((written) =>
        form("version_template.algorithm", pattern, {
          when: { purpose: [written], version_template: [anything] },
          form: `an algorithm of keys of purpose ${purpose}`,
          examples: [example],
        }),
      ),
    ),
  ],
};

/** Keys of Cloud KMS. */
export const kmsKeys: readonly ResourceType[] = [
  { type: "google_kms_crypto_key", label: "encryption key", deleteImpact, fieldRules: [key, named] },
  { type: "google_kms_key_ring", label: "encryption key", deleteImpact, fieldRules: [named] },
  { type: "google_kms_crypto_key_version", label: "encryption key", deleteImpact },
];
