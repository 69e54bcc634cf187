import tls from "node:tls";
import type { Context, Outcome } from "../check.ts";
import { advised, failed, passed } from "../check.ts";
import { Closed, codeOf } from "../clients/connection.ts";
import { TimedOut } from "../time.ts";
import { networkFailure, type Place } from "./network.ts";

/** What a certificate must prove. */
export interface Identity {
  /** The host that it must name; undefined where the CA alone proves the server. */
  readonly host: string | undefined;
  /** Where the CA came from: said where the chain does not end in it. */
  readonly authority: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** Judges the certificate that an open connection was shown. */
export function judgeCertificate(
  socket: tls.TLSSocket,
  identity: Identity,
  place: Place,
  { plan }: Context,
): Outcome {
  const certificate = socket.getPeerCertificate(true);
  const expires = firstEnd(certificate);
  const days = Math.floor((expires.getTime() - Date.now()) / DAY);
  const date = Number.isNaN(expires.getTime()) ? "an unknown day" : expires.toISOString().slice(0, 10);
  const measured = { daysLeft: days };
  const chain = brokenChain(String(socket.authorizationError ?? ""), identity, date);
  if (chain !== undefined) return failed("infrastructure", `${place.where}: TLS: ${chain}`, measured);
  if (identity.host !== undefined && tls.checkServerIdentity(identity.host, certificate) !== undefined) {
    const names = certificate.subjectaltname ?? certificate.subject?.CN ?? "nothing";
    return failed(
      "infrastructure",
      `${place.where}: TLS: wrong host: the certificate names ${names}, not ${identity.host}`,
      measured,
    );
  }
  const { warning, failure } = plan.certificateDays;
  const holds = `the certificate holds until ${date}, ${days} days`;
  if (days < failure)
    return failed(
      "infrastructure",
      `${place.where}: TLS: ${holds}; less than ${failure} days are left: renew it now`,
      measured,
    );
  if (days < warning)
    return advised(`${place.where}: ${holds}; renew it (less than ${warning} days)`, measured);
  return passed(`${place.where}: ${socket.getProtocol()}, ${holds}`, measured);
}

/** The day on which the first certificate of the chain ends: an intermediate that expires ends its leaf's use. */
function firstEnd(leaf: tls.DetailedPeerCertificate): Date {
  const seen = new Set<tls.DetailedPeerCertificate>();
  for (let one = leaf; one?.valid_to !== undefined && !seen.has(one); one = one.issuerCertificate)
    seen.add(one);
  return new Date(Math.min(...[...seen].map(({ valid_to }) => Date.parse(valid_to))));
}

function brokenChain(code: string, { authority }: Identity, date: string): string | undefined {
  switch (code) {
    case "":
      return undefined;
    case "CERT_HAS_EXPIRED":
      return `the certificate, or its CA, has expired (${date}): renew it`;
    case "CERT_NOT_YET_VALID":
      return "the certificate is not valid yet: wrong clock, or issued for later";
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
      return `the certificate is signed by itself, and not by ${authority}`;
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "CERT_SIGNATURE_FAILURE":
      return `the certificate was not issued by ${authority}; the server leaves out its intermediate certificate, a CA was rotated, or another server answers`;
    default:
      return `the chain cannot be verified (${code}) against ${authority}`;
  }
}

/** Why a handshake did not end, where `plain` says what an unencrypted server there means. */
export function handshakeFailure(error: unknown, place: Place, plain: string): Outcome {
  const code = codeOf(error);
  if (error instanceof TimedOut)
    return failed(
      "infrastructure",
      `${place.where}: TLS handshake timed out after ${error.seconds} s: the server hangs, or speaks no TLS there. ${plain}`,
    );
  if (
    code === "ERR_SSL_WRONG_VERSION_NUMBER" ||
    code === "EPROTO" ||
    code === "ERR_SSL_PACKET_LENGTH_TOO_LONG"
  )
    return failed("infrastructure", `${place.where}: TLS spoken to a plain port. ${plain}`);
  if (error instanceof Closed || code === "ECONNRESET")
    return failed(
      "infrastructure",
      `${place.where}: the connection was closed during the TLS handshake: TLS spoken to a plain port, or the server goes down or takes no more connections. ${plain}`,
    );
  if (code.startsWith("ERR_SSL_"))
    return failed(
      "infrastructure",
      `${place.where}: TLS handshake refused (${code}): the two sides share no version or cipher, or the server asks for a certificate`,
    );
  return (
    networkFailure(error, place) ??
    failed("infrastructure", `${place.where}: TLS handshake failed (${code === "" ? "no code" : code})`)
  );
}
