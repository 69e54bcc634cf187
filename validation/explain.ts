import type { HostResponse } from "../http/https-request.ts";
import type { SymptomId } from "../platform/operations/symptoms.ts";
import type { Fault } from "./check.ts";

export interface Explanation {
  readonly why: string;
  readonly fault: Fault;
  readonly symptom: SymptomId;
}

/** Why a response is not the expected one; undefined where it is. */
export function explain(answer: HostResponse, status: number, within: number): Explanation | undefined {
  if (answer.kind === "failure") return unreached(answer.code, within);
  if (answer.status === status) return undefined;
  const got = `HTTP ${answer.status} after ${answer.seconds.toFixed(1)} s where ${status} is expected`;
  if ([502, 503, 504].includes(answer.status)) {
    return {
      why: `${got}: no instance responds in time, or a dependency is down`,
      fault: "infrastructure",
      symptom: "503-with-healthy-containers",
    };
  }
  return { why: got, fault: "application", symptom: "endpoint-down" };
}

/** Why there was no response. */
export function unreached(code: string, within: number): Explanation {
  const fault = "infrastructure";
  switch (code) {
    case "timeout":
      return { why: `no response within ${within} s`, fault, symptom: "503-with-healthy-containers" };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        why: `the host name does not resolve (${code}): the DNS record is missing`,
        fault,
        symptom: "endpoint-down",
      };
    case "ECONNREFUSED":
      return {
        why: "connection refused: nothing listens at the address",
        fault,
        symptom: "endpoint-down",
      };
    case "ERR_PROXY_TUNNEL":
      return {
        why: "the proxy does not lead there: check HTTPS_PROXY and NO_PROXY",
        fault,
        symptom: "endpoint-down",
      };
    case "ERR_INVALID_CHAR":
    case "ERR_UNESCAPED_CHARACTERS":
      return {
        why: `path or headers have invalid characters (${code})`,
        fault: "application",
        symptom: "endpoint-down",
      };
    case "CERT_HAS_EXPIRED":
      return { why: "the certificate has expired", fault, symptom: "wrong-certificate" };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return { why: "the certificate does not name this host", fault, symptom: "wrong-certificate" };
  }
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return { why: `the certificate is not trusted (${code})`, fault, symptom: "wrong-certificate" };
  return { why: `the connection failed (${code})`, fault, symptom: "endpoint-down" };
}
