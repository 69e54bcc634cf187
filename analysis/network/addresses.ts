import { internalRanges } from "../../resources/limits.ts";
import { contains, parseRange, type Range } from "../../values/ranges.ts";
import { endpointOf } from "../references/text.ts";
import type { Variable } from "../workload/index.ts";

const INTERNAL = internalRanges.value.flatMap((cidr) => parseRange(cidr) ?? []);

/** A single IPv4 address as a range; undefined for anything else. */
export function addressRange(text: string): Range | undefined {
  return parseRange(`${text}/32`);
}

/** PRIVATE_RANGES_ONLY sends these through the VPC: RFC 1918 and RFC 6598. */
export function isInternal(range: Range): boolean {
  return INTERNAL.some((internal) => contains(internal, range));
}

/** Names under which no public server answers. */
const INTERNAL_NAME = /(^[^.]+$|\.(internal|local|localhost|lan|private|corp|home|svc|test|cluster\.local)$)/;

/** Google's own APIs and hosts of Cloud Run, which need no Cloud NAT. */
const GOOGLE =
  /(^|\.)(googleapis\.com|run\.app|cloudfunctions\.net|google\.com|gcr\.io|pkg\.dev|gstatic\.com|gvt1\.com|appspot\.com|goog)$/;

/** Names that documentation uses for no server in particular. */
const PLACEHOLDER = /(^|\.)(example(\.(com|org|net))?|invalid)$/;

/** True for the name or address of a server out on the internet. */
export function isOutside(host: string): boolean {
  const range = addressRange(host);
  if (range !== undefined) return !isInternal(range) && !/^(0|127|169\.254|2[2-5]\d)\./.test(host);
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+\.?$/.test(host) || /\.\d+$/.test(host)) return false;
  const name = host.replace(/\.$/, "");
  return !INTERNAL_NAME.test(name) && !GOOGLE.test(name) && !PLACEHOLDER.test(name);
}

const SERVER_VARIABLE = /(^|_)(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|URL|URI|DSN|SERVER)$/i;
const OWN_VARIABLE = /(BIND|LISTEN|PROXY|ALLOWED|TRUSTED|NO_|ADVERTISE)/i;

/** The literal IPv4 address that a variable of a server's name holds. */
export function hostRange(variable: Variable): Range | undefined {
  if (!SERVER_VARIABLE.test(variable.name) || OWN_VARIABLE.test(variable.name)) return undefined;
  const host = endpointOf(variable.value)?.host;
  return host === undefined ? undefined : addressRange(host);
}
