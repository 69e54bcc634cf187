import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack, Testing } from "cdktf";
import type { Json } from "./synthesized.ts";

/** Synthesizes a stack of another team's app in which only the construct stands; validations run. */
export function constructJson(build: (stack: TerraformStack) => void): Json {
  const stack = new TerraformStack(Testing.app(), "other-team");
  new GoogleProvider(stack, "google", { project: "p" });
  build(stack);
  return JSON.parse(Testing.synth(stack, true));
}
