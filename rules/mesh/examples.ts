/** Whole Kubernetes objects for the examples of the rule book; nested parts in YAML's flow style. */

/** A Gateway of namespace app on the usual pods. */
export function gatewayExample(name: string, ...servers: readonly string[]): string {
  return objectExample("networking.istio.io/v1", "Gateway", name, [
    "selector: { istio: ingressgateway }",
    "servers:",
    ...servers.map((server) => `  - ${server}`),
  ]);
}

/** A VirtualService of namespace app. */
export function virtualServiceExample(name: string, ...spec: readonly string[]): string {
  return objectExample("networking.istio.io/v1", "VirtualService", name, spec);
}

/** A Service of namespace app. */
export function serviceExample(name: string, port: number): string {
  return objectExample("v1", "Service", name, [`selector: { app: ${name} }`, `ports: [{ port: ${port} }]`]);
}

/** Any object of namespace app, or of another. */
export function objectExample(
  apiVersion: string,
  kind: string,
  name: string,
  spec: readonly string[],
  namespace = "app",
): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
${spec.map((line) => `  ${line}`).join("\n")}`;
}

/** Several objects in one file. */
export function fileOf(...objects: readonly string[]): string {
  return objects.join("\n---\n");
}

/** Servers of a Gateway for a host. */
export function httpsServer(host = "app.example.com", credential = "app-tls"): string {
  return `{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["${host}"], tls: { mode: SIMPLE, credentialName: ${credential} } }`;
}

export function httpServer(host = "app.example.com"): string {
  return `{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["${host}"] }`;
}

export const HOSTS = 'hosts: ["app.example.com"]';
