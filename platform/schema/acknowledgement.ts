import { dated, terraformAddress } from "./dated.ts";
import { choice } from "./leaf.ts";
import { section } from "./section.ts";

/** Accepts a destructive change: without it `npm run deploy` rejects the plan. */
export const acknowledgement = section({
  address: terraformAddress,
  /** The reviewed action; "update" is for destructive changes in place. */
  action: choice(["replace", "destroy", "update"]),
  ...dated,
});
