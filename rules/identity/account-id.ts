import { iamLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";

const { accountIdLow, accountIdHigh, accountDescription, accountDisplayName } = iamLimits;

/** I4: the id of a service account. */
export const accountId: Rule = {
  id: "identity/account-id",
  why: "IAM refuses a service account whose id is too short, too long or of other letters.",
  limit: `${accountIdLow.value} to ${accountIdHigh.value} lowercase letters, digits and hyphens, a letter first, no hyphen last; a description of up to ${accountDescription.value} bytes`,
  fix: "Choose an id of that form.",
  source: accountIdLow.source,
  example: `resource "google_service_account" "api" {
  account_id = "api"
}`,
  *check(graph) {
    for (const account of graph.all("google_service_account")) {
      const id = account.string("account_id");
      if (id !== undefined && (id.length < accountIdLow.value || id.length > accountIdHigh.value)) {
        yield {
          resource: account,
          severity: "error",
          message: `account_id "${id}" has ${id.length} characters, but must have ${accountIdLow.value} to ${accountIdHigh.value}; refused at plan.`,
        };
      } else if (id !== undefined && !/^[a-z][-a-z0-9]*[a-z0-9]$/.test(id)) {
        yield {
          resource: account,
          severity: "error",
          message: `account_id "${id}" must be lowercase letters, digits and hyphens, with a letter first and no hyphen last; refused at plan.`,
        };
      }
      for (const [path, high] of [
        ["description", accountDescription.value],
        ["display_name", accountDisplayName.value],
      ] as const) {
        const size = Buffer.byteLength(account.string(path) ?? "");
        if (size <= high) continue;
        yield {
          resource: account,
          severity: "error",
          message: `${path} has ${size} bytes, but at most ${high} are allowed; refused at apply.`,
          fix: `Shorten ${path}.`,
        };
      }
    }
  },
};
