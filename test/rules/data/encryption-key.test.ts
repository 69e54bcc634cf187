import { describe, expect, test } from "@jest/globals";
import { resourceTypes } from "../../../resources/index.ts";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const KEY = "${google_kms_crypto_key.main.id}";
const encrypted = resourceTypes.flatMap(({ type, encryptionKey }) =>
  encryptionKey === undefined ? [] : [{ type, ...encryptionKey }],
);

/** A resource with the value at a path of blocks. */
function at(path: string, value: unknown): object {
  return path.split(".").reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as object;
}

function resources(
  type: string,
  attribute: string,
  { key = KEY, location = "europe-west1", grants = {} },
  within?: string,
): Resources {
  const place = { location: "europe-west1", region: "europe-west1" };
  const block = { ...place, ...at(attribute, key) };
  return {
    google_kms_key_ring: { main: { name: "main", location } },
    google_kms_crypto_key: { main: { name: "main", key_ring: "${google_kms_key_ring.main.id}" } },
    [type]: {
      main: { name: "main", ...(within === undefined ? block : { ...place, ...at(within, block) }) },
    },
    ...grants,
  };
}

const inLocation = ruleById("data/encryption-key");
const usable = ruleById("identity/key-access");

/** The kind: a key in another location than what it encrypts, for every type that takes a key. */
describe.each(encrypted)("data/encryption-key: $type", ({ type, attribute, within }) => {
  const reported = (given: object) =>
    check(inLocation, resources(type, attribute, given, within)).map(({ message }) => message);

  test("a key of its own location encrypts it, one of another does not", () => {
    expect(reported({})).toEqual([]);
    expect(reported({ location: "europe-west4" })).toEqual([
      `it is in europe-west1, and the key of ${attribute} is in europe-west4; rejected by the API: a key encrypts resources of its own location only.`,
    ]);
    expect(reported({ location: "europe" })).toHaveLength(1);
  });

  test("so does one that is written by its id", () => {
    const id = (location: string) => `projects/keys/locations/${location}/keyRings/main/cryptoKeys/main`;
    expect(reported({ key: id("europe-west1") })).toEqual([]);
    expect(reported({ key: id("us") })).toHaveLength(1);
  });

  test("a location that is not known is not judged", () => {
    expect(reported({ location: "${var.location}" })).toEqual([]);
    expect(reported({ key: "${var.key}" })).toEqual([]);
  });
});

test("a zone is in the region of its key, and a multi-region is not judged", () => {
  const file = (location: string) => ({
    ...resources("google_filestore_instance", "kms_key_name", {}),
    google_filestore_instance: { main: { name: "main", location, kms_key_name: KEY } },
    google_storage_bucket: {
      main: { name: "acme", location: "EU", encryption: { default_kms_key_name: KEY } },
    },
  });
  expect(check(inLocation, file("europe-west1-b"))).toEqual([]);
  expect(check(inLocation, file("europe-west4-b"))).toHaveLength(1);
});

/** The kind: the account of Google's that encrypts may not use the key, for every type that takes a key. */
describe.each(encrypted)("identity/key-access: $type", ({ type, attribute, agent, within }) => {
  const reported = (grants: object, key = KEY) =>
    check(usable, resources(type, attribute, { grants, key }, within)).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const grant = (scope: string, role: string, member: string) => ({
    [`google_${scope}_iam_member`]: { main: { role, member } },
  });
  const ENCRYPTER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
  const AGENT = `serviceAccount:service-1@${agent}.iam.gserviceaccount.com`;

  test("needs the role on the key, on its ring or on the project", () => {
    expect(reported({})).toEqual([
      `warning: ${attribute} is google_kms_crypto_key.main, and no account of ${agent}.iam.gserviceaccount.com has ${ENCRYPTER} on it; rejected by the API: the service may not use the key.`,
    ]);
    for (const scope of ["kms_crypto_key", "kms_key_ring", "project"])
      expect(reported(grant(scope, ENCRYPTER, AGENT))).toEqual([]);
    expect(reported(grant("kms_crypto_key", "roles/cloudkms.viewer", AGENT))).toHaveLength(1);
    expect(
      reported(
        grant("kms_crypto_key", ENCRYPTER, "serviceAccount:service-1@gcp-sa-other.iam.gserviceaccount.com"),
      ),
    ).toHaveLength(1);
  });

  test("a member that cannot be read may be the account, and a key from elsewhere is granted elsewhere", () => {
    expect(reported(grant("kms_crypto_key", ENCRYPTER, "${var.member}"))).toEqual([]);
    expect(reported({}, "projects/keys/locations/europe-west1/keyRings/main/cryptoKeys/other")).toEqual([]);
  });
});

test("a key is named in full: a short name of one that is defined is rejected, of another perhaps", () => {
  const bucket = (default_kms_key_name: string) => ({
    ...resources("google_storage_bucket", "encryption.default_kms_key_name", {}),
    google_storage_bucket: {
      main: { name: "acme", location: "europe-west1", encryption: { default_kms_key_name } },
    },
  });
  expect(check(inLocation, bucket("${google_kms_crypto_key.main.name}"))).toMatchObject([
    {
      severity: "error",
      message: expect.stringContaining('is "main"; rejected by the API: a key is named in full'),
    },
  ]);
  expect(check(inLocation, bucket("other"))).toMatchObject([{ severity: "warning" }]);
});
