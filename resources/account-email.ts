import { form } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** The form of a service account's e-mail, as far as every account of Google has it. */
export const accountEmailForm = /^[^@\s:/]+@[^@\s:/]+\.[^@\s:/.]+$/;

/** Attributes that name a service account by its e-mail. */
export function accountEmail(...attributes: readonly string[]): FieldRule {
  return {
    id: "identity/account-email",
    why: "A service account is named by its e-mail, without the prefix that members of IAM have; the provider takes any text.",
    source: "https://docs.cloud.google.com/iam/docs/service-account-overview",
    constraints: attributes.map((attribute) =>
      form(attribute, accountEmailForm, {
        form: "the e-mail of a service account",
        examples: ["caller@acme-dev.iam.gserviceaccount.com"],
      }),
    ),
  };
}
