import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { ruleBook } from "../../rules/index.ts";
import { runRules } from "../../rules/run.ts";
import { graphOf } from "../rules/support.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "manifests-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

async function read(...paths: readonly string[]) {
  const graph = await readGraph(paths);
  return graph.all().map(({ type, address, origin }) => [type, address, origin]);
}

const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: app }
spec: {}
`;

describe("Kubernetes YAML", () => {
  test("many documents, each with its line", async () => {
    const file = written(
      "many.yaml",
      `# a comment\n---\n${GATEWAY}---\n---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\n`,
    );
    expect(await read(file)).toEqual([
      ["networking.istio.io/Gateway", "Gateway/app/web", "many.yaml:3"],
      ["core/Service", "Service/web", "many.yaml:9"],
    ]);
  });

  test("lists are taken apart, and what is no object of Kubernetes is left out", async () => {
    const item = GATEWAY.replaceAll("\n", "\n    ").trimEnd();
    const file = written("list.yaml", `apiVersion: v1\nkind: List\nitems:\n  - ${item}\n---\nreplicas: 3\n`);
    expect(await read(file)).toEqual([["networking.istio.io/Gateway", "Gateway/app/web", "list.yaml:1"]]);
  });

  test("anchors and merges are followed", async () => {
    const file = written(
      "anchors.yml",
      `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nbase: &base { port: 80 }\nspec: { ports: [{ <<: *base, name: http }] }\n`,
    );
    const graph = await readGraph([file]);
    expect(graph.all()[0]?.blocks("spec.ports")[0]?.values).toEqual({ port: 80, name: "http" });
  });

  test("a folder is read with those below it, hidden ones left out", async () => {
    written("tree/base/gateway.yaml", GATEWAY);
    written(
      "tree/overlays/production/service.yml",
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n",
    );
    written("tree/.git/ignored.yaml", GATEWAY);
    written("tree/kustomization.yaml", "resources: [base]\n");
    expect(await read(path.join(folder, "tree"))).toEqual([
      ["networking.istio.io/Gateway", "Gateway/app/web", "base/gateway.yaml:1"],
      ["core/Service", "Service/web", "overlays/production/service.yml:1"],
    ]);
  });

  test("a template is no YAML yet, and is told so", async () => {
    const file = written(
      "chart.yaml",
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n`,
    );
    const graph = await readGraph([file]);
    expect(graph.all()).toEqual([]);
    expect(graph.unread).toEqual([`${file} is a template: render it first, then verify what comes out.`]);
  });

  test.each([
    ["broken YAML", "apiVersion: v1\nkind: [Service\nmetadata: {}\n", /line [23], is not YAML: /],
    [
      "no object",
      "replicas: 3\n",
      /holds no Kubernetes object: nothing in it has an apiVersion and a kind\.$/,
    ],
    ["nothing", "\n", /is empty\.$/],
    ["a tab", "apiVersion: v1\n\tkind: Service\n", /line 2, is not YAML: /],
  ])("%s is refused in one sentence", async (_, text, message) => {
    await expect(readGraph([written("wrong.yaml", text)])).rejects.toThrow(message);
  });

  test("a folder without anything to verify is refused", async () => {
    const empty = path.join(folder, "empty");
    mkdirSync(empty);
    await expect(readGraph([empty])).rejects.toThrow(
      /holds neither Terraform .* nor Kubernetes objects \(\*\.yaml\)\.$/,
    );
  });
});

test("the objects of kubernetes_manifest in Terraform are judged by the same rules", () => {
  const graph = graphOf({
    kubernetes_manifest: {
      gateway: {
        manifest: {
          apiVersion: "networking.istio.io/v1",
          kind: "Gateway",
          metadata: { name: "web-gateway", namespace: "app" },
          spec: {
            servers: [
              { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts: ["app.example.com"] },
            ],
          },
        },
      },
      routes: {
        manifest: {
          apiVersion: "networking.istio.io/v1",
          kind: "VirtualService",
          metadata: { name: "web", namespace: "app" },
          spec: {
            hosts: ["app.example.com"],
            gateways: ["web"],
            http: [{ route: [{ destination: { host: "web" } }] }],
          },
        },
      },
    },
  });
  expect(
    runRules(graph, ruleBook)
      .filter(({ severity }) => severity === "error")
      .map(({ rule, address }) => [rule, address]),
  ).toEqual([
    ["mesh/gateway-reference", "kubernetes_manifest.routes"],
    ["mesh/gateway-server", "kubernetes_manifest.gateway"],
  ]);
});

test("patches of a kustomization are parts of objects, and are named instead of checked", async () => {
  written("overlay/kustomization.yaml", "resources: [web.yaml]\npatches:\n  - path: more.yaml\n");
  written("overlay/web.yaml", GATEWAY);
  written("overlay/more.yaml", GATEWAY.replace("spec: {}", "spec: { selector: { a: b } }"));
  written("overlay/gone.yaml", GATEWAY.replace("metadata:", "$patch: delete\nmetadata:"));
  const graph = await readGraph([path.join(folder, "overlay")]);
  expect(graph.all().map(({ origin }) => origin)).toEqual(["web.yaml:1"]);
  expect(graph.unread).toEqual([
    `${path.join(folder, "overlay", "gone.yaml")}:1 is a patch: verify what \`kustomize build\` makes of it.`,
    `${path.join(folder, "overlay", "more.yaml")} is a patch of kustomization.yaml: verify what \`kustomize build\` makes of it.`,
  ]);
});

test("what else a kustomization adds or changes is named", async () => {
  written(
    "remote/kustomization.yaml",
    "namePrefix: a-\nresources: [web.yaml, https://example.com/x]\nhelmCharts: [{ name: x }]\npatches: [{ patch: x }]\nlabels: []\n",
  );
  written("remote/web.yaml", GATEWAY);
  expect((await readGraph([path.join(folder, "remote")])).unread).toEqual([
    `${path.join(folder, "remote", "kustomization.yaml")} has namePrefix, resources, helmCharts, patches, of which nothing was read: verify what \`kustomize build\` makes of it.`,
  ]);
});

test("definitions of kinds are left out, with texts that only Go reads", async () => {
  const definition =
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  description: 'begins\n  here'\n";
  const file = written("definitions.yaml", `${definition}---\n${GATEWAY}`);
  expect(await read(file)).toEqual([
    ["networking.istio.io/Gateway", "Gateway/app/web", "definitions.yaml:7"],
  ]);
});

test("braces that a ConfigMap quotes make no template of what stands beside it", async () => {
  const quoted =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: alerts }\ndata:\n  text: |\n    {{ range .Alerts }}\n";
  expect(await read(written("quoted.yaml", `${quoted}---\n${GATEWAY}`))).toHaveLength(2);
  const template = await readGraph([written("chart.yaml", GATEWAY.replace("web", "{{ .Values.name }}"))]);
  expect(template.all()).toEqual([]);
  expect(template.unread).toEqual([expect.stringContaining("chart.yaml is a template: render it first")]);
});

test("a link to a file of the repository is read as the file", async () => {
  const file = written("linked/web.yaml", GATEWAY);
  mkdirSync(path.join(folder, ".git"));
  mkdirSync(path.join(folder, "links"));
  symlinkSync(file, path.join(folder, "links", "gateway.yaml"));
  expect(await read(path.join(folder, "links"))).toEqual([
    ["networking.istio.io/Gateway", "Gateway/app/web", "gateway.yaml:1"],
  ]);
});
