import { generate } from "selfsigned";

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

export interface Wanted {
  /** Host names that it names. @default ["localhost"] */
  readonly hosts?: readonly string[];
  /** Days from today on which it begins and ends. @default [-1, 90] */
  readonly days?: readonly [from: number, to: number];
}

const DAY = 24 * 60 * 60 * 1000;

function day(offset: number): Date {
  return new Date(Date.now() + offset * DAY);
}

/** A certificate authority of its own, or an intermediate one where another signs it. */
export async function authority(
  name = "test CA",
  issuer?: Certificate,
  days: Wanted["days"] = [-400, 4000],
): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: day(days[0]),
    notAfterDate: day(days[1]),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true },
    ],
    ...(issuer === undefined ? {} : { ca: { key: issuer.key, cert: issuer.certificate } }),
  });
  return { certificate: made.cert, key: made.private };
}

/** A server's certificate; signed by itself where no authority is given. */
export async function serverCertificate(
  issuer: Certificate | undefined,
  { hosts = ["localhost"], days = [-1, 90] }: Wanted = {},
): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: hosts[0] ?? "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: day(days[0]),
    notAfterDate: day(days[1]),
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: hosts.map((value) => ({ type: 2 as const, value })) },
    ],
    ...(issuer === undefined ? {} : { ca: { key: issuer.key, cert: issuer.certificate } }),
  });
  return { certificate: made.cert, key: made.private };
}
