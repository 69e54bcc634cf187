import { gateways } from "../../analysis/mesh/objects.ts";
import {
  type Attributes,
  anything,
  atLeastOneOf,
  atMostOneOf,
  type Constraint,
  conflict,
  custom,
  forbidden,
  form,
  range,
  required,
} from "../../resources/index.ts";
import type { Rule } from "../rule.ts";
import { specViolations } from "./constraints.ts";
import { GATEWAY_DOC } from "./sources.ts";

const PROTOCOLS = ["HTTP", "HTTPS", "GRPC", "GRPC-WEB", "HTTP2", "MONGO", "REDIS", "MYSQL", "TCP", "TLS"];
/** Placeholders such as <host> and ${HOST} are not judged. */
const HOST = /[<>${}]|^(?:[^/:]+\/)?\*?[^*/:\s]*$/;

// Protocols and modes are read whatever their case.
const TLS = /^(HTTPS|TLS)$/i;
const HTTP = /^(HTTP|HTTP2|HTTP_PROXY|GRPC|GRPC-WEB)$/i;
const PLAIN = /^(?!(HTTPS|TLS|HTTP|HTTP2|HTTP_PROXY|GRPC|GRPC-WEB)$)/i;
const TERMINATING = /^(SIMPLE|MUTUAL|OPTIONAL_MUTUAL)$/i;

const within = "servers[]";
const fails = { outcome: "fails at run time" } as const;

const plainPort = {
  within,
  because: "a plain port takes httpsRedirect only",
  fix: "Write protocol HTTPS, or remove tls.",
};

const constraints: readonly Constraint[] = [
  required(["servers"], { because: "a Gateway without one listens nowhere", fix: "Add spec.servers." }),
  custom("port names of a Gateway: each once", uniquePortNames),
  required(["port"], { within, fix: "Add port with number, name and protocol." }),
  required(["port.name", "port.number", "port.protocol"], { within, when: { port: [anything] } }),
  range("port.number", { within, low: 1, high: 65535 }),
  form("port.protocol", new RegExp(`^(${[...PROTOCOLS, "HTTP_PROXY", "UDP"].join("|")})$`, "i"), {
    within,
    form: `one of ${PROTOCOLS.join(", ")}`,
    examples: ["HTTPS"],
  }),
  required(["hosts"], { within, fix: 'Add the hosts that it serves, for example ["app.example.com"].' }),
  form("hosts", HOST, {
    within,
    form: "a name without scheme, port and path, with * as its first label at most",
    examples: ["app.example.com", "*.example.com", "istio-ingress/app.example.com"],
  }),
  conflict(
    { "port.number": [80], "port.protocol": [TLS], "tls.mode": [TERMINATING] },
    {
      within,
      ...fails,
      because: "clients send plain HTTP to port 80",
      fix: "Write port 443, and a server of protocol HTTP with tls.httpsRedirect for port 80.",
    },
  ),
  required(["tls"], { within, when: { "port.protocol": [TLS] }, because: "there is no TLS termination" }),
  required(["tls.mode"], {
    within,
    ...fails,
    when: { "port.protocol": [/^HTTPS$/i], tls: [anything] },
    because: "PASSTHROUGH is the default: the gateway does not terminate TLS, and HTTP routes are ignored",
    fix: "Write tls.mode SIMPLE with credentialName.",
  }),
  forbidden(["tls"], { within, when: { "port.protocol": [PLAIN] }, because: "a plain port has no TLS" }),
  conflict({ "port.protocol": [HTTP], "tls.mode": [TERMINATING, /^ISTIO_MUTUAL$/i] }, plainPort),
  conflict(
    {
      "port.protocol": [HTTP],
      "tls.serverCertificate": [anything],
      "tls.mode": [undefined, /PASSTHROUGH$/i],
    },
    plainPort,
  ),
  forbidden(["tls.credentialName", "tls.credentialNames", "tls.serverCertificate"], {
    within,
    when: { "tls.mode": [/^ISTIO_MUTUAL$/i] },
    because: "Istio provides the certificate",
    fix: "Remove it, or write mode MUTUAL.",
  }),
  atLeastOneOf(
    ["tls.credentialName", "tls.credentialNames", "tls.serverCertificate", "tls.tlsCertificates"],
    {
      within,
      when: { "port.protocol": [TLS], "tls.mode": [TERMINATING] },
      because: "the gateway terminates TLS and has no certificate",
      fix: "Add tls.credentialName, the name of a Secret of type kubernetes.io/tls in the namespace of the gateway's pods.",
    },
  ),
  required(["tls.privateKey"], {
    within,
    when: { "port.protocol": [TLS], "tls.serverCertificate": [anything] },
  }),
  atLeastOneOf(["tls.caCertificates", "tls.caCertCredentialName"], {
    within,
    when: {
      "port.protocol": [TLS],
      "tls.mode": [/^(OPTIONAL_)?MUTUAL$/i],
      "tls.serverCertificate": [anything],
    },
    because: "the certificates of clients cannot be verified",
  }),
  custom("tls: minProtocolVersion up to maxProtocolVersion", protocolVersions, { within, ...fails }),
  ...["tls.credentialName", "tls.credentialNames"].map((credential) =>
    atMostOneOf([credential, "tls.serverCertificate"], {
      within,
      when: { "port.protocol": [TLS] },
      fix: `Keep ${credential}.`,
    }),
  ),
];

/** What Istio's admission webhook rejects in a gateway's server. */
export const gatewayServer: Rule = {
  id: "mesh/gateway-server",
  why: "Istio rejects a Gateway whose server lacks a part of its TLS settings, or accepts it and never serves that port.",
  limit:
    "port with number, unique name and protocol; tls for HTTPS and TLS, with credentialName (or certificate files) where mode terminates TLS; on HTTP only tls.httpsRedirect",
  fix: "Write tls: { mode: SIMPLE, credentialName: app-tls } on the server of port 443.",
  source: GATEWAY_DOC,
  *check(graph) {
    for (const gateway of gateways(graph)) yield* specViolations(gateway, constraints);
  },
};

function* uniquePortNames(spec: Attributes) {
  const names = spec.blocks("servers").flatMap((server) => server.string("port.name") ?? []);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    yield {
      found: `two servers have the port name "${twice}"`,
      because: "port names of a Gateway are unique",
      fix: "Give each port its own name, for example http and https.",
    };
}

function* protocolVersions(server: Attributes) {
  const [least = 0, most = 0] = ["min", "max"].map((end) =>
    Number(/^TLSV1_(\d)$/.exec(server.string(`tls.${end}ProtocolVersion`) ?? "")?.[1] ?? Number.NaN),
  );
  if (least > most)
    yield {
      found: `tls.minProtocolVersion is TLSV1_${least} and maxProtocolVersion is TLSV1_${most}`,
      because: "no client can connect",
      fix: `Set maxProtocolVersion to TLSV1_${least} or remove it.`,
    };
}
