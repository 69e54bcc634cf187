import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { checkAgainst } from "../../../tools/facts/check.ts";
import { apiFacts } from "../../../tools/facts/discovery.ts";
import { differences, HistoryBuilder } from "../../../tools/facts/history.ts";
import { minorReleases, readReleases } from "../../../tools/facts/releases.ts";
import { type ProviderSchemas, typesOf } from "../../../tools/facts/schema-json.ts";
import { factFiles } from "../../../tools/facts/write.ts";

const folder = mkdtempSync(path.join(tmpdir(), "facts-"));

function release(tag: string, files: { readonly [name: string]: string }, into = folder): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", into, ...identity, ...args], { stdio: "ignore" });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(into, name)), { recursive: true });
    writeFileSync(path.join(into, name), text);
  }
  git("add", ".");
  git("commit", "-q", "-m", tag);
  git("tag", tag);
}

function topic(attributes: string): string {
  return `package pubsub

func ResourcePubsubTopic() *schema.Resource {
	return &schema.Resource{
		Schema: map[string]*schema.Schema{
			"name": {Type: schema.TypeString, Required: true, ForceNew: true},
${attributes}
		},
	}
}

func resourcePubsubTopicImport(d *schema.ResourceData, config *Config) error {
	return tpgresource.ParseImportId([]string{
		"^projects/(?P<project>[^/]+)/topics/(?P<name>[^/]+)$",
		"^(?P<name>[^/]+)$",
	}, d, config)
}
`;
}

const inProvider = `package provider

import "github.com/hashicorp/terraform-provider-google/google/services/pubsub"

var resources = map[string]*schema.Resource{
	"google_pubsub_topic": pubsub.ResourcePubsubTopic(),
}
`;
const registered = `
func init() {
	registry.Schema{
		Name:        "google_pubsub_topic",
		ProductName: "pubsub",
		Type:        registry.SchemaTypeResource,
		Schema:      ResourcePubsubTopic(),
	}.Register()
}
`;

beforeAll(() => {
  execFileSync("git", ["init", "-q", folder]);
  const file = "google/services/pubsub/resource_pubsub_topic.go";
  release("v3.90.0", { [file]: topic("") });
  release("v4.0.0", { [file]: topic(""), "google/provider/provider.go": inProvider });
  release("v4.10.0", { [file]: topic('			"tier": {Type: schema.TypeString, Optional: true},') });
  release("v4.9.0", { [file]: topic("") });
  release("v5.0.0", {
    [file]: topic('			"tier": {Type: schema.TypeString, Optional: true, Default: "BASIC"},') + registered,
    "google/provider/provider.go": "package provider\n",
    "google/services/pubsub/resource_pubsub_topic_generated_meta.yaml": `resource: google_pubsub_topic
api_service_name: pubsub.googleapis.com
api_version: v1
api_resource_type_kind: Topic
fields:
    - api_field: messageTier
      field: tier
    - api_field: name
`,
  });
  mkdirSync(path.join(folder, "documents"));
  const document = (words: string[]) =>
    JSON.stringify({
      schemas: { Topic: { properties: { messageTier: { $ref: "Tier" } } }, Tier: { enum: words } },
    });
  writeFileSync(path.join(folder, "documents", "pubsub.v1.json"), document(["BASIC"]));
  writeFileSync(path.join(folder, "documents", "pubsub.v1beta.json"), document(["BASIC", "GOLD"]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("releases are read in the order of their versions, from 4.0.0 on, patches left out", () => {
  expect(minorReleases(["v4.10.0", "v4.9.0", "v3.9.0", "v5.0.0", "v5.0.1", "latest"])).toEqual([
    ["4.9.0", "v4.9.0"],
    ["4.10.0", "v4.10.0"],
    ["5.0.0", "v5.0.0"],
  ]);
});

test("a repository gives one line for each type: its history, import formats and the words of the API", () => {
  const progress: string[] = [];
  const { histories, imports, newest } = readReleases(folder, new Map(), new Map(), (line) =>
    progress.push(line),
  );
  expect(progress.at(-1)).toBe("5.0.0: 1 types, 0 not readable");
  const files = factFiles(histories, apiFacts(folder, newest, path.join(folder, "documents")), imports);
  expect([...files.keys()]).toEqual(["pubsub.jsonl"]);
  expect(JSON.parse(files.get("pubsub.jsonl") ?? "")).toEqual({
    type: "google_pubsub_topic",
    api: "pubsub.v1",
    kind: "Topic",
    imports: ["projects/{{project}}/topics/{{name}}", "{{name}}"],
    paths: {
      "": [["4.0.0", {}]],
      name: [["4.0.0", { type: "string", required: true, immutable: true }]],
      tier: [
        ["4.10.0", { type: "string", optional: true }],
        ["5.0.0", { type: "string", optional: true, default: "BASIC" }],
      ],
    },
    words: { tier: ["BASIC", "GOLD"] },
  });
});

test("a type and an attribute that a release no longer has end there; one that cannot be read stays", () => {
  const builder = new HistoryBuilder();
  const thing = new Map([
    ["", {}],
    ["name", { type: "string" as const }],
  ]);
  builder.add(
    "4.0.0",
    new Map([
      ["google_a", thing],
      ["google_b", thing],
    ]),
    new Set(),
  );
  builder.add("5.0.0", new Map([["google_a", new Map([["", {}]])]]), new Set(["google_b"]));
  const histories = builder.histories();
  expect(histories.get("google_a")?.get("name")).toEqual([
    ["4.0.0", { type: "string" }],
    ["5.0.0", null],
  ]);
  expect(histories.get("google_b")?.get("name")).toEqual([["4.0.0", { type: "string" }]]);
});

test("a type that moves to the plugin framework, whose schema is of another form, stays as it was", () => {
  const moving = mkdtempSync(path.join(tmpdir(), "facts-moving-"));
  try {
    execFileSync("git", ["init", "-q", moving]);
    const file = "google/services/pubsub/resource_pubsub_topic.go";
    release("v6.0.0", { [file]: topic(""), "google/provider/provider.go": inProvider }, moving);
    release(
      "v7.0.0",
      {
        [file]: `package pubsub

func (r *topicResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_pubsub_topic"
}
`,
        "google/provider/provider.go": "package provider\n",
      },
      moving,
    );
    const inSchema = new Map([["google_pubsub_topic", new Map([["name", { type: "string" as const }]])]]);
    const { histories } = readReleases(moving, new Map(), new Map([["7.0.0", inSchema]]), () => {});
    expect(Object.fromEntries(histories.get("google_pubsub_topic") ?? [])).toEqual({
      "": [["6.0.0", {}]],
      name: [["6.0.0", { type: "string", required: true, immutable: true }]],
    });
  } finally {
    rmSync(moving, { recursive: true, force: true });
  }
});

test("of google-beta only what differs is kept", () => {
  const histories = (paths: { [path: string]: string }) =>
    new Map([
      ["google_a", new Map(Object.entries(paths).map(([name, since]) => [name, [[since, {}] as const]]))],
    ]);
  const found = differences(
    histories({ name: "4.0.0", tier: "5.0.0" }),
    histories({ name: "4.0.0", tier: "6.0.0" }),
  );
  expect([...(found.get("google_a") ?? [])].map(([name]) => name)).toEqual(["tier"]);
});

test("Terraform's own schema of a version is compared, and adds types whose code is of another form", () => {
  const schemas: ProviderSchemas = {
    provider_schemas: {
      "registry.terraform.io/hashicorp/google": {
        resource_schemas: {
          google_pubsub_topic: {
            block: {
              attributes: {
                id: { type: "string", computed: true },
                name: { type: "string", optional: true },
                tier: { type: "string", optional: true },
                labels: { type: ["map", "string"], optional: true },
              },
              block_types: { timeouts: { nesting_mode: "single", block: {} } },
            },
          },
          google_new: {
            block: {
              attributes: { peers: { type: ["list", ["object", { ip: "string" }]], computed: true } },
              block_types: { rule: { nesting_mode: "list", min_items: 1, max_items: 2, block: {} } },
            },
          },
        },
      },
    },
  };
  const types = typesOf(schemas);
  expect(Object.fromEntries(types.get("google_new") ?? [])).toEqual({
    "": {},
    peers: { in: "list", nested: "object", computed: true },
    "peers.ip": { type: "string" },
    rule: { in: "list", nested: "block", required: true, max: 2 },
  });
  const { histories } = readReleases(folder, new Map(), new Map([["5.0.0", types]]), () => {});
  expect(histories.get("google_new")?.get("rule")).toEqual([
    ["5.0.0", { in: "list", nested: "block", required: true, max: 2 }],
  ]);
  expect(checkAgainst("5.0.0", types, histories)).toEqual([
    "5.0.0 google_pubsub_topic.name: required is undefined in the schema, true in the code",
    "5.0.0 google_pubsub_topic.labels: only in the schema",
  ]);
});
