import { type Json, listOf, objectOf, own } from "../../graph/index.ts";

/**
 * One sentence for each check of a plan that does not hold: Terraform warns of a `check` block, and plans on.
 * What a check says itself is left out, because it may hold any value of the stack.
 */
export function failedChecks(stack: string, plan: Json): string[] {
  return listOf(own(plan, "checks"))
    .map(objectOf)
    .flatMap((check) => {
      const status = own(check, "status");
      if (status !== "fail" && status !== "error") return [];
      const shown = own(objectOf(own(check, "address")), "to_display");
      const address = typeof shown === "string" ? shown : "a check without an address";
      const what = status === "fail" ? "does not hold" : "could not be evaluated";
      return [
        `${stack}: ${address} ${what}, and Terraform applies the plan all the same; its plan says why.`,
      ];
    });
}
