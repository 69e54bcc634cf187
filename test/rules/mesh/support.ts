import { graphFromManifests } from "../../../graph/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import type { Said } from "../support.ts";

/** What the rule says of YAML, as if it stood in one file. */
export async function checkYaml(rule: Rule, yaml: string, file = "mesh.yaml"): Promise<Said[]> {
  return checkFiles(rule, { [file]: yaml });
}

/** What the rule says of several files of YAML that are verified together. */
export async function checkFiles(rule: Rule, files: { readonly [name: string]: string }): Promise<Said[]> {
  const graph = await graphFromManifests(files);
  return [...rule.check(graph)].map((verdict) => ({
    severity: verdict.severity ?? "error",
    address: verdict.resource.address,
    message: verdict.message,
    fix: verdict.fix ?? rule.fix,
  }));
}

const ISTIO = "networking.istio.io/v1";

/** A Gateway of namespace app on the usual pods; `servers` in YAML's flow style. */
export function gateway(name: string, servers: string, namespace = "app"): string {
  return object(
    ISTIO,
    "Gateway",
    name,
    `{ selector: { istio: ingressgateway }, servers: [${servers}] }`,
    namespace,
  );
}

/** A VirtualService of namespace app; `spec` in YAML's flow style. */
export function virtualService(name: string, spec: string, namespace = "app"): string {
  return object(ISTIO, "VirtualService", name, `{ ${spec} }`, namespace);
}

export function service(name: string, ports: string, namespace = "app"): string {
  return object("v1", "Service", name, `{ selector: { app: ${name} }, ports: [${ports}] }`, namespace);
}

/** Any object; `spec` in YAML's flow style. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  spec: string,
  namespace = "app",
): string {
  const metadata = namespace === "" ? `{ name: ${name} }` : `{ name: ${name}, namespace: ${namespace} }`;
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\nspec: ${spec}\n`;
}

export const HTTPS = `{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["app.example.com"], tls: { mode: SIMPLE, credentialName: app-tls } }`;
export const HTTP = `{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["app.example.com"] }`;
export const REDIRECT = `{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["app.example.com"], tls: { httpsRedirect: true } }`;
/** Everything to the Service "web". */
export const TO_WEB = "http: [{ route: [{ destination: { host: web } }] }]";
