import { dated, terraformAddress } from "./dated.ts";
import { choice } from "./leaf.ts";
import { section } from "./section.ts";

/** A destructive change that somebody wants: without it `npm run deploy` refuses the plan that holds the change. */
export const acknowledgement = section({
  address: terraformAddress,
  /** What the review says will happen to it: "update" is for changes in place that destroy all the same. */
  action: choice(["replace", "destroy", "update"]),
  ...dated,
});
