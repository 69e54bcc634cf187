import process from "node:process";
import { deploy } from "../../delivery/deployment.ts";
import { inFlightStore } from "../../delivery/in-flight/store.ts";
import { googleApi } from "../../google/api.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";

/**
 * A deployment in a process of its own, which a test may kill; every review is accepted. With the address of a fake Google and
 * a bucket, its records are there.
 */
const [output = "", storage = "", bucket] = process.argv.slice(2);
const log = (line: string): void => console.log(line);
const sleep = async (): Promise<void> => {};
const api = googleApi({ get: async () => "token", remedy: "" }, sleep);
process.exitCode = await deploy({
  environment: "test",
  stacks: stackFolders(output, () => true),
  output,
  terraform: await findTerraform(process.env),
  place: { project: "acme-staging", region: "us-central1" },
  interrupt: new Interrupt((children) => log(`interrupted with ${children} at work`)),
  inFlight: {
    store: inFlightStore(bucket === undefined ? undefined : { bucket }, { api, storage, output }),
    by: `process-${process.pid}`,
    sleep,
  },
  review: () => true,
  confirm: async () => true,
  planOnly: false,
  log,
});
process.exit();
