import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { topologyDot } from "../../analysis/topology/dot.ts";
import { topology } from "../../analysis/topology/topology.ts";
import { discard, type Synthesis, synthesize } from "../../synthesis/synthesize.ts";
import { drawTopologies, topologyFile } from "../../synthesis/topologies.ts";
import { environment } from "../support/environments.ts";

const staging = environment();
const last = mkdtempSync(path.join(os.tmpdir(), "last-"));
let synthesis: Synthesis;
beforeAll(async () => {
  synthesis = await synthesize([staging]);
  mkdirSync(path.join(last, "topology"));
});
afterAll(() => {
  discard(synthesis);
  rmSync(last, { recursive: true });
});

async function drawn(): Promise<string> {
  await drawTopologies([staging], synthesis, last);
  return readFileSync(path.join(synthesis.folder, topologyFile(staging)), "utf8");
}

/** A picture that the last run left behind. */
function before(svg: string, dot: string, sealed = svg): void {
  const seal = createHash("sha256").update(dot).update(sealed).digest("hex");
  writeFileSync(path.join(last, topologyFile(staging)), `${svg}<!-- sha256 ${seal} -->\n`);
}

describe("the picture of the last run", () => {
  const picture = '<svg xmlns="http://www.w3.org/2000/svg"/>\n';
  const dot = (): string =>
    topologyDot(`staging: ${staging.project}, ${staging.region}`, topology(synthesis.graph(staging)));

  test("is taken over where it is of the same graph", async () => {
    before(picture, dot());
    expect(await drawn()).toContain(picture);
  });

  test.each([
    ["is of another graph", () => before(picture, `${dot()} `)],
    ["was changed since", () => before(picture.replace("svg", "other"), dot(), picture)],
    ["has no seal", () => writeFileSync(path.join(last, topologyFile(staging)), picture)],
    ["is missing", () => rmSync(path.join(last, topologyFile(staging)))],
  ])("is drawn again where it %s", async (_, prepare) => {
    prepare();
    const again = await drawn();
    expect(again).not.toContain(picture);
    expect(again).toContain(">private address<");
  });
});
