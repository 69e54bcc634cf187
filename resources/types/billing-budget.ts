import { form, range } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import type { ResourceType } from "../resource-type.ts";

const SOURCE = "https://docs.cloud.google.com/billing/docs/reference/budget/rest/v1/billingAccounts.budgets";

/** Budget of a billing account. */
export const billingBudget: ResourceType = {
  type: "google_billing_budget",
  label: "budget",
  nameAttribute: null,
  fieldRules: [
    fullNames(SOURCE, [
      fullNameForm("budget_filter.projects", "projects/PROJECT"),
      fullNameForm("all_updates_rule.pubsub_topic", "projects/PROJECT/topics/NAME"),
    ]),
    {
      id: "observability/budget-shape",
      why: "The Budget API has forms of its own for accounts and amounts, and counts thresholds as shares.",
      source: SOURCE,
      constraints: [
        form("billing_account", /^(billingAccounts\/)?[0-9A-Z]{6}-[0-9A-Z]{6,7}-[0-9A-Z]{6}$/i, {
          form: "the id of a billing account",
          examples: ["012345-6789AB-CDEF01"],
        }),
        form("amount.specified_amount.units", /^-?\d+$/, {
          form: "whole units of the currency, without decimals",
          examples: ["5000"],
          fix: "Write the whole units, and what is left in nanos.",
        }),
        range("threshold_percent", {
          within: "threshold_rules[]",
          high: 10,
          severity: "warning",
          outcome: "fails at run time",
          because: "1.0 is 100%: nobody is told before that share is spent",
          fix: "Write a share, for example 0.5 for 50%.",
        }),
      ],
    },
  ],
};
