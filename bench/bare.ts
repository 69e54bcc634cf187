/**
 * The yardstick: a cdktf app that makes the same resources with the provider's classes and nothing else.
 *
 *     node bench/bare.ts <synthesized folder> <output folder>
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { App, DataResource, type TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

type ResourceClass = { readonly tfResourceType: string } & (new (
  scope: Construct,
  id: string,
  config: unknown,
) => TerraformResource);

const [from = "", output = "cdktf.out"] = process.argv.slice(2);
const { stacks } = JSON.parse(readFileSync(path.join(from, "manifest.json"), "utf8")) as {
  stacks: Record<string, { name: string; synthesizedStackPath: string }>;
};
const app = new App({ outdir: output, stackTraces: false });
for (const { name, synthesizedStackPath } of Object.values(stacks)) {
  const json = JSON.parse(readFileSync(path.join(from, synthesizedStackPath), "utf8")) as {
    provider: { google: object[] };
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  const stack = new TerraformStack(app, name);
  new GoogleProvider(stack, "google", camelCase(json.provider.google[0] ?? {}) as object);
  for (const [type, byName] of Object.entries(json.resource)) {
    const resourceClass = await classOf(type);
    for (const [id, { "//": _, depends_on: _dependsOn, lifecycle: _lifecycle, ...values }] of Object.entries(
      byName,
    )) {
      new resourceClass(stack, id, camelCase(values));
    }
  }
}
app.synth();

async function classOf(type: string): Promise<ResourceClass> {
  // Terraform's own, which no provider has.
  if (type === DataResource.tfResourceType) return DataResource as unknown as ResourceClass;
  const folder = type.replace("google_", "").replaceAll("_", "-");
  const module = (await import(`@cdktf/provider-google/lib/${folder}/index.js`)) as Record<string, unknown>;
  const found = Object.values(module).find((value) => (value as ResourceClass).tfResourceType === type);
  if (found === undefined) throw new Error(`no class for ${type}`);
  return found as ResourceClass;
}

/** Terraform's names as the classes spell them: min_instances -> minInstances. */
function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      camelCase(inner),
    ]),
  );
}
