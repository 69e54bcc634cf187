import process from "node:process";
import { deploy } from "../../delivery/deployment.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";

/** A deployment in a process of its own, which a test may kill; every review is accepted. */
const [output = ""] = process.argv.slice(2);
const log = (line: string): void => console.log(line);
process.exitCode = await deploy({
  environment: "test",
  stacks: stackFolders(output, () => true),
  output,
  terraform: await findTerraform(process.env),
  place: { project: "acme-staging", region: "us-central1" },
  interrupt: new Interrupt((children) => log(`interrupted with ${children} at work`)),
  review: () => true,
  confirm: async () => true,
  planOnly: false,
  log,
});
process.exit();
