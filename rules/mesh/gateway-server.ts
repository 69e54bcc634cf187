import { Block, isUnknown } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { gateways, type MeshObject, named, texts } from "./objects.ts";
import { isHttp, isTls, protocolOf, serverName } from "./servers.ts";
import { GATEWAY_DOC } from "./sources.ts";

const PROTOCOLS = ["HTTP", "HTTPS", "GRPC", "GRPC-WEB", "HTTP2", "MONGO", "REDIS", "MYSQL", "TCP", "TLS"];
const OTHERS = ["HTTP_PROXY", "UDP"];
/** What a person leaves to be filled in (<host>, ${HOST}) is not judged. */
const HOST = /[<>${}]|^(?:[^/:]+\/)?\*?[^*/:\s]*$/;
/** Modes that end TLS at the gateway, which needs a certificate for it. */
const TERMINATING = ["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"];

/** What Istio's admission webhook refuses of a gateway's server. */
export const gatewayServer: Rule = {
  id: "mesh/gateway-server",
  why: "Istio refuses a Gateway whose server lacks a part of its TLS settings, or takes it and never answers on that port.",
  limit:
    "port with number, unique name and protocol; tls for HTTPS and TLS, with credentialName (or certificate files) where mode ends TLS; on HTTP only tls.httpsRedirect",
  fix: "Write tls: { mode: SIMPLE, credentialName: NAME-OF-THE-TLS-SECRET } on the server of port 443.",
  source: GATEWAY_DOC,
  example: `kind: Gateway
spec:
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: ["app.example.com"] # no tls: refused`,
  *check(graph) {
    for (const gateway of gateways(graph)) {
      const { resource, spec } = gateway;
      if (isUnknown(spec.get("servers"))) continue;
      const servers = spec.blocks("servers");
      const say = (message: string, fix?: string): Verdict => ({
        resource,
        severity: "error",
        message: `${named(gateway)}: ${message}`,
        ...(fix === undefined ? {} : { fix }),
      });
      if (servers.length === 0)
        yield say(
          "it has no server, refused at apply: a Gateway without one listens nowhere.",
          "Add spec.servers.",
        );
      yield* portNames(gateway, servers, say);
      for (const server of servers) yield* form(server, say);
    }
  },
};

type Say = (message: string, fix?: string) => Verdict;

function* portNames(gateway: MeshObject, servers: readonly Block[], say: Say): Iterable<Verdict> {
  const seen = new Set<string>();
  for (const server of servers) {
    const name = server.string("port.name");
    if (name === undefined) continue;
    if (seen.has(name))
      yield say(
        `two servers have the port name "${name}", refused at apply: port names of a Gateway are unique.`,
        `Give each port of ${named(gateway)} its own name, for example http and https.`,
      );
    seen.add(name);
  }
}

function* form(server: Block, say: Say): Iterable<Verdict> {
  const where = serverName(server);
  const protocol = protocolOf(server);
  if (server.get("port") === undefined)
    yield say("a server has no port, refused at apply.", "Add port with number, name and protocol.");
  else {
    if (server.get("port.name") === undefined)
      yield say(`${where} has no port name, refused at apply.`, "Add port.name, for example https.");
    const number = server.number("port.number");
    if (server.get("port.number") === undefined || (number !== undefined && (number < 1 || number > 65535)))
      yield say(
        `${where} has the port number ${number ?? "(none)"}, refused at apply: allowed is 1 to 65535.`,
        "Correct port.number.",
      );
    if (
      number === 80 &&
      isTls(protocol) &&
      TERMINATING.includes(server.string("tls.mode")?.toUpperCase() ?? "")
    )
      yield say(
        `${where} speaks ${protocol} on port 80: breaks at run time, clients speak plain HTTP there.`,
        "Write port 443, and a server of protocol HTTP with tls.httpsRedirect for port 80.",
      );
    if (server.get("port.protocol") === undefined)
      yield say(
        `${where} has no protocol, refused at apply.`,
        "Add port.protocol, HTTPS where the gateway ends TLS.",
      );
    if (protocol !== undefined && ![...PROTOCOLS, ...OTHERS].includes(protocol))
      yield say(
        `${where} has the protocol "${server.string("port.protocol")}", refused at apply: allowed are ${PROTOCOLS.join(", ")}.`,
        "Write one of these, HTTPS where the gateway ends TLS.",
      );
  }
  const hosts = server.get("hosts");
  if (hosts === undefined || (Array.isArray(hosts) && hosts.length === 0))
    yield say(`${where} has no hosts, refused at apply.`, "Add the hosts that it answers for.");
  for (const host of texts(server, "hosts") ?? [])
    if (!HOST.test(host))
      yield say(
        `${where} has the host "${host}", refused at apply: allowed is a name without scheme, port and path, with * for its first label at most.`,
        "Write for example app.example.com, *.example.com or istio-ingress/app.example.com.",
      );
  yield* tlsForm(server, where, protocol, say);
}

function* tlsForm(server: Block, where: string, protocol: string | undefined, say: Say): Iterable<Verdict> {
  const written = server.get("tls");
  if (isUnknown(written)) return;
  if (written === undefined) {
    if (isTls(protocol))
      yield say(`${where} speaks ${protocol} and has no tls, refused at apply: there is no TLS termination.`);
    return;
  }
  const tls = server.blocks("tls")[0] ?? new Block({});
  const mode = tls.string("mode")?.toUpperCase();
  const has = (name: string): boolean => tls.get(name) !== undefined && tls.get(name) !== "";
  const credential = has("credentialName") || has("credentialNames");
  const files = has("serverCertificate") && has("privateKey");
  if (!isTls(protocol) && protocol !== undefined) {
    if (
      isHttp(protocol)
        ? TERMINATING.includes(mode ?? "") || mode === "ISTIO_MUTUAL" || has("serverCertificate")
        : true
    )
      yield say(
        `${where} speaks ${protocol} and has TLS settings (${mode ?? "no mode"}), refused at apply: plain ports take none${isHttp(protocol) ? " but httpsRedirect" : ""}.`,
        "Write protocol HTTPS, or remove tls.",
      );
    return;
  }
  if (mode === "ISTIO_MUTUAL") {
    if (credential || files)
      yield say(
        `${where} has tls.mode ISTIO_MUTUAL and a certificate of its own, refused at apply: Istio brings it.`,
        "Remove the certificate, or write mode MUTUAL.",
      );
    return;
  }
  if (mode !== undefined && TERMINATING.includes(mode) && !credential && !files && !has("tlsCertificates"))
    yield say(
      `${where} ends TLS (mode ${mode}) and has neither credentialName nor certificate files, refused at apply: it has no certificate to show.`,
      "Add tls.credentialName, the name of a Secret of type kubernetes.io/tls in the namespace of the gateway's pods.",
    );
  if (
    (mode === "MUTUAL" || mode === "OPTIONAL_MUTUAL") &&
    files &&
    !has("caCertificates") &&
    !has("caCertCredentialName")
  )
    yield say(
      `${where} asks clients for a certificate (mode ${mode}) and has no caCertificates to check it by, refused at apply.`,
      "Add tls.caCertificates.",
    );
  const [least = 0, most = 0] = [tls.string("minProtocolVersion"), tls.string("maxProtocolVersion")].map(
    (text) => Number(/^TLSV1_(\d)$/.exec(text ?? "")?.[1] ?? Number.NaN),
  );
  if (least > most)
    yield say(
      `${where} allows TLS from 1.${least} to 1.${most} only: breaks at run time, no client connects.`,
    );
  if (credential && (has("serverCertificate") || has("privateKey")))
    yield say(
      `${where} has credentialName and certificate files, refused at apply: one source only.`,
      "Keep credentialName.",
    );
  if (mode === undefined && tls.get("mode") === undefined && protocol === "HTTPS")
    yield say(
      `${where} speaks HTTPS and has no tls.mode, which then is PASSTHROUGH: breaks at run time, the gateway ends no TLS and HTTP routes are not applied.`,
      "Write tls.mode SIMPLE with credentialName.",
    );
}
