import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isObject, objectOf } from "../graph/index.ts";
import { VersionRange } from "../resources/versions.ts";

interface ProviderRelease {
  readonly version: string;
  /** SHA-256 of the release's archive for each platform, and of its manifest, in hexadecimal. */
  readonly archives: readonly string[];
}

/**
 * The releases that the stacks use. Their checksums are those of HashiCorp's signed SHA256SUMS, as `terraform init` records
 * them; several public lock files agree on each (for both: github.com/lsst/idf_deploy and others).
 */
const RELEASES: Readonly<Record<string, ProviderRelease>> = {
  "registry.terraform.io/hashicorp/google": {
    version: "6.50.0",
    archives: [
      "1f3513fcfcbf7ca53d667a168c5067a4dd91a4d4cccd19743e248ff31065503c",
      "3da7db8fc2c51a77dd958ea8baaa05c29cd7f829bd8941c26e2ea9cb3aadc1e5",
      "3e09ac3f6ca8111cbb659d38c251771829f4347ab159a12db195e211c76068bb",
      "7bb9e41c568df15ccf1a8946037355eefb4dfb4e35e3b190808bb7c4abae547d",
      "81e5d78bdec7778e6d67b5c3544777505db40a826b6eb5abe9b86d4ba396866b",
      "8d309d020fb321525883f5c4ea864df3d5942b6087f6656d6d8b3a1377f340fc",
      "93e112559655ab95a523193158f4a4ac0f2bfed7eeaa712010b85ebb551d5071",
      "d3efe589ffd625b300cef5917c4629513f77e3a7b111c9df65075f76a46a63c7",
      "d4a4d672bbef756a870d8f32b35925f8ce2ef4f6bbd5b71a3cb764f1b6c85421",
      "e13a86bca299ba8a118e80d5f84fbdd708fe600ecdceea1a13d4919c068379fe",
      "f569b65999264a9416862bca5cd2a6177d94ccb0424f3a4ef424428912b9cb3c",
      "fec30c095647b583a246c39d557704947195a1b7d41f81e369ba377d997faef6",
    ],
  },
  "registry.terraform.io/hashicorp/kubernetes": {
    version: "2.38.0",
    archives: [
      "0af928d776eb269b192dc0ea0f8a3f0f5ec117224cd644bdacdc682300f84ba0",
      "1be998e67206f7cfc4ffe77c01a09ac91ce725de0abaec9030b22c0a832af44f",
      "326803fe5946023687d603f6f1bab24de7af3d426b01d20e51d4e6fbe4e7ec1b",
      "4a99ec8d91193af961de1abb1f824be73df07489301d62e6141a656b3ebfff12",
      "5136e51765d6a0b9e4dbcc3b38821e9736bd2136cf15e9aac11668f22db117d2",
      "63fab47349852d7802fb032e4f2b6a101ee1ce34b62557a9ad0f0f0f5b6ecfdc",
      "924fb0257e2d03e03e2bfe9c7b99aa73c195b1f19412ca09960001bee3c50d15",
      "b63a0be5e233f8f6727c56bed3b61eb9456ca7a8bb29539fba0837f1badf1396",
      "d39861aa21077f1bc899bc53e7233262e530ba8a3a2d737449b100daeb303e4d",
      "de0805e10ebe4c83ce3b728a67f6b0f9d18be32b25146aa89116634df5145ad4",
      "f569b65999264a9416862bca5cd2a6177d94ccb0424f3a4ef424428912b9cb3c",
      "faf23e45f0090eef8ba28a8aac7ec5d4fdf11a36c40a8d286304567d71c1e7db",
    ],
  },
};

export const LOCK_FILE = ".terraform.lock.hcl";

/** One provider that a stack's code requires. */
interface RequiredProvider {
  /** "registry.terraform.io/hashicorp/google" */
  readonly address: string;
  /** Undefined where the code states no version. */
  readonly constraint: string | undefined;
}

interface LockedProvider {
  readonly address: string;
  readonly version: string;
  /** Its block in the lock file. */
  readonly text: string;
}

/**
 * Writes the lock file of a stack before its init, so that Terraform takes the archives that it names and no others. One
 * that has these checksums already stays: Terraform adds those of what it has unpacked. What an init has locked of another
 * release stays as long as the code allows that release.
 *
 * @param folder that holds the stack's cdk.tf.json
 * @param project folder with a lock file of the team, for releases whose checksums are not known here @default none
 */
export function writeProviderLock(folder: string, project?: string): void {
  const file = path.join(folder, LOCK_FILE);
  const locked = lockedBlocks(folder);
  const required = requiredProviders(folder);
  const wanted = required.flatMap((provider) => wantedBlocks(provider, locked, project));
  const contradicting = locked.filter(
    (block) => required.some((provider) => isOf(provider, block)) && !wanted.includes(block),
  );
  if (contradicting.length === 0 && wanted.every((block) => locked.includes(block))) return;
  if (wanted.length === 0) rmSync(file);
  else writeFileSync(file, `${wanted.map(({ text }) => text).join("\n\n")}\n`);
}

/**
 * The providers of a stack whose checksums are not checked in, one sentence each: their first init takes what the
 * registry gives out.
 */
export function unlockedProviders(folder: string, project?: string): string[] {
  const locked = lockedBlocks(folder);
  return requiredProviders(folder).flatMap((provider) => {
    const { address, constraint = "of any version" } = provider;
    const block = locked.find((candidate) => isOf(provider, candidate));
    if (block !== undefined && checkedIn(provider, project).some((known) => hasHashes(block, known)))
      return [];
    const [own] = ownRelease(address);
    const known = own === undefined ? "" : `, unlike those of ${own.version}`;
    const next =
      block === undefined
        ? `the first init takes what its author has signed, and records it in ${LOCK_FILE}`
        : `what its first init has recorded in ${LOCK_FILE} is used`;
    return [`The checksums of ${withoutHost(address)} ${constraint} are not checked in${known}: ${next}.`];
  });
}

/** The blocks that a lock file has to hold of a provider; none where its init decides. */
function wantedBlocks(
  provider: RequiredProvider,
  locked: readonly LockedProvider[],
  project: string | undefined,
): LockedProvider[] {
  const allowed = VersionRange.fromConstraint(provider.constraint ?? "") ?? VersionRange.any;
  const present = locked.filter((block) => isOf(provider, block) && allowed.allows(block.version));
  const known = checkedIn(provider, project).find(({ version }) => allowed.allows(version));
  if (known === undefined) return present;
  const complete = present.filter((block) => hasHashes(block, known));
  if (complete.length > 0) return complete;
  // A state that a newer release has written is not given to an older one.
  const others = present.filter(({ version }) => version !== known.version);
  return others.length > 0 && ownRelease(provider.address).some(({ version }) => version === known.version)
    ? others
    : [known];
}

/** The releases of a provider with checksums that somebody has checked in: the team's first, then those known here. */
function checkedIn(provider: RequiredProvider, project: string | undefined): LockedProvider[] {
  const own = ownRelease(provider.address);
  const ofTeam = project === undefined ? [] : lockedBlocks(project);
  return [
    ...ofTeam.filter(
      (block) => isOf(provider, block) && !own.some(({ version }) => version === block.version),
    ),
    ...own,
  ];
}

function ownRelease(address: string): LockedProvider[] {
  const release = Object.hasOwn(RELEASES, address) ? RELEASES[address] : undefined;
  return release === undefined ? [] : [lockOf(address, release)];
}

function hasHashes({ version, text }: LockedProvider, known: LockedProvider): boolean {
  const hashes = [...known.text.matchAll(/"(?:zh|h1):[^"]+"/g)].map(([hash]) => hash);
  return version === known.version && hashes.length > 0 && hashes.every((hash) => text.includes(hash));
}

function isOf(provider: RequiredProvider, { address }: LockedProvider): boolean {
  return withoutHost(provider.address) === withoutHost(address);
}

function lockOf(address: string, { version, archives }: ProviderRelease): LockedProvider {
  const text = [
    `provider "${address}" {`,
    `  version = "${version}"`,
    "  hashes = [",
    ...archives.map((archive) => `    "zh:${archive}",`),
    "  ]",
    "}",
  ].join("\n");
  return { address, version, text };
}

/** Terraform writes the file, always in this form. */
function lockedBlocks(folder: string): LockedProvider[] {
  const file = path.join(folder, LOCK_FILE);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text.split(/^(?=provider ")/m).flatMap((block) => {
    const [, address, version] = /^provider "([^"]+)" \{\s*version\s*= "(\d+\.\d+\.\d+)"/.exec(block) ?? [];
    return address === undefined || version === undefined ? [] : [{ address, version, text: block.trim() }];
  });
}

/**
 * Providers that an init has installed and the stack's code does not name: those of its state, which more accounts may
 * write than the code. Terraform would run them at the next plan.
 */
export function foreignProviders(folder: string): string[] {
  const file = path.join(folder, LOCK_FILE);
  if (!existsSync(file)) return [];
  const required = new Set(requiredProviders(folder).map(({ address }) => withoutHost(address)));
  return [...readFileSync(file, "utf8").matchAll(/^provider "([^"]+)"/gm)]
    .map(([, address = ""]) => address)
    .filter((address) => !required.has(withoutHost(address)));
}

export function requiredProviders(folder: string): RequiredProvider[] {
  const json: unknown = JSON.parse(readFileSync(path.join(folder, "cdk.tf.json"), "utf8"));
  const { required_providers: required } = objectOf(objectOf(json).terraform);
  return Object.entries(objectOf(required)).map(([name, provider]) => {
    const { source, version } = objectOf(isObject(provider) ? provider : {});
    const parts = String(source ?? name).split("/");
    const [host, namespace, type] = ["registry.terraform.io", "hashicorp", ""]
      .slice(0, 3 - parts.length)
      .concat(parts);
    return {
      address: `${host}/${namespace}/${type}`,
      constraint: typeof version === "string" ? version : undefined,
    };
  });
}

/** OpenTofu reads the same source as one of its own registry. */
export const withoutHost = (address: string): string =>
  address.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "");
