import { parseRange } from "../../values/ranges.ts";
import type { Attributes } from "../attributes.ts";
import { anything, conflict, custom, forbidden, form } from "../constraints/index.ts";
import { filestoreLimits as limits } from "../limits.ts";
import { regionForm, zoneForm } from "../places.ts";
import type { ResourceType } from "../resource-type.ts";

const BASIC_TIERS = ["STANDARD", "PREMIUM", "BASIC_HDD", "BASIC_SSD"];
const BASIC = new RegExp(`^(${BASIC_TIERS.join("|")})$`);
const REGIONAL = /^(REGIONAL|ENTERPRISE)$/;

/** Backup of a share, which is kept in a region. */
const backup: ResourceType = {
  type: "google_filestore_backup",
  label: "Filestore backup",
  references: { source_instance: ["google_filestore_instance"] },
  deleteImpact: { destroyed: "what it holds can no longer be restored", holdsData: true },
  fieldRules: [
    {
      id: "data/filestore-shape",
      source: "https://docs.cloud.google.com/filestore/docs/backups",
      constraints: [form("location", regionForm, { form: "a region", examples: ["europe-west1"] })],
    },
  ],
};

/** Snapshot of a share, which is kept in the instance. */
const snapshot: ResourceType = {
  type: "google_filestore_snapshot",
  label: "Filestore snapshot",
  references: { instance: ["google_filestore_instance"] },
  deleteImpact: { destroyed: "what it holds can no longer be restored", holdsData: true },
};

/** A file share over NFS. */
const instance: ResourceType = {
  type: "google_filestore_instance",
  label: "Filestore",
  encryptionKey: { attribute: "kms_key_name", agent: "cloud-filer" },
  references: { "networks.network": ["google_compute_network"] },
  server: {
    kind: "files",
    // Where the block is written, the reference names the instance as a whole.
    address: /^$|^networks\b.*ip_addresses/,
    port: limits.port.value,
    network: ["networks.network"],
    privateServices: { "networks.connect_mode": ["PRIVATE_SERVICE_ACCESS"] },
  },
  deleteImpact: { destroyed: "the data in it are deleted", holdsData: true },
  fieldRules: [
    {
      id: "data/filestore-shape",
      why: "Each tier of Filestore has its own sizes, places and protocols; the provider checks none of them.",
      source: limits.sizes.source,
      constraints: [
        form("tier", new RegExp(`^(${Object.keys(limits.sizes.value).join("|")})$`), {
          form: `one of ${Object.keys(limits.sizes.value).join(", ")}`,
          examples: ["BASIC_SSD", "ZONAL"],
        }),
        custom("file_shares.capacity_gb: within the sizes of the tier", wrongSize),
        custom("location: a region for REGIONAL and ENTERPRISE, a zone for other tiers", wrongPlace),
        custom("networks.reserved_ip_range: of the prefix length of the tier", wrongPrefix),
        ...["anon_uid", "anon_gid"].map((attribute) =>
          conflict(
            { squash_mode: ["NO_ROOT_SQUASH", undefined], [attribute]: [anything] },
            {
              within: "file_shares.nfs_export_options[]",
              because: "only with ROOT_SQUASH root becomes another user",
              fix: `Set squash_mode = "ROOT_SQUASH", or remove ${attribute}.`,
              source:
                "https://docs.cloud.google.com/filestore/docs/reference/rest/v1/projects.locations.instances#NfsExportOptions",
            },
          ),
        ),
        form("file_shares.name", /^[a-zA-Z][a-zA-Z0-9_]*$/, {
          form: "letters, digits and underscores, a letter first",
          examples: ["share1"],
        }),
        custom(
          "file_shares.nfs_export_options.ip_ranges: addresses or ranges",
          function* (options) {
            const ranges = options.get("ip_ranges");
            for (const range of Array.isArray(ranges) ? ranges : [])
              if (
                typeof range === "string" &&
                parseRange(range.includes("/") ? range : `${range}/32`) === undefined
              )
                yield {
                  found: `ip_ranges has "${range}"`,
                  because: "it is neither an address nor a range in CIDR form",
                  fix: 'Write for example "10.0.0.0/24".',
                };
          },
          {
            within: "file_shares.nfs_export_options[]",
            source:
              "https://docs.cloud.google.com/filestore/docs/reference/rest/v1/projects.locations.instances#NfsExportOptions",
          },
        ),
        forbidden(["kms_key_name"], {
          when: { tier: BASIC_TIERS },
          because: "basic tiers have no key of yours",
          fix: 'Set tier = "ZONAL" or "REGIONAL", or remove kms_key_name.',
          source: "https://docs.cloud.google.com/filestore/docs/cmek",
        }),
        custom("protocol NFS_V4_1: not with basic tiers", function* (instance) {
          if (instance.string("protocol") === "NFS_V4_1" && BASIC.test(instance.string("tier") ?? ""))
            yield {
              found: `protocol is "NFS_V4_1" with tier "${instance.string("tier")}"`,
              because: "basic tiers speak NFS 3 only",
              fix: 'Set tier = "ZONAL" or "REGIONAL", or remove protocol.',
            };
        }),
      ],
    },
  ],
};

/** Filestore: instances, and what is kept of them. */
export const filestore: readonly ResourceType[] = [instance, backup, snapshot];

function* wrongSize(instance: Attributes) {
  const tier = instance.string("tier") ?? "";
  const size = instance.number("file_shares.capacity_gb");
  const sizes = limits.sizes.value[tier];
  if (size === undefined || sizes === undefined) return;
  if (sizes.some(({ low, high, step }) => size >= low && size <= high && (size - low) % step === 0)) return;
  const allowed = sizes.map(
    ({ low, high, step }) => `${low} to ${high}${step === 1 ? "" : ` in steps of ${step}`}`,
  );
  yield {
    found: `capacity_gb is ${size} with tier "${tier}"`,
    because: `the tier has ${allowed.join(", or ")} GiB`,
    fix: `Set capacity_gb, for example to ${sizes[0]?.low}.`,
  };
}

function* wrongPlace(instance: Attributes) {
  const tier = instance.string("tier") ?? "";
  const attribute = instance.string("location") === undefined ? "zone" : "location";
  const place = instance.string(attribute) ?? "";
  if (REGIONAL.test(tier) && zoneForm.test(place))
    yield {
      found: `${attribute} is "${place}" with tier "${tier}"`,
      because: "this tier is regional",
      fix: `Set location = "${place.slice(0, -2)}".`,
    };
  if (limits.sizes.value[tier] !== undefined && !REGIONAL.test(tier) && regionForm.test(place))
    yield {
      found: `${attribute} is "${place}" with tier "${tier}"`,
      because: "this tier is in one zone",
      fix: `Set location = "${place}-b", or tier = "REGIONAL".`,
    };
}

function* wrongPrefix(instance: Attributes) {
  const tier = instance.string("tier") ?? "";
  const range = instance.string("networks.reserved_ip_range") ?? "";
  const wanted = limits.prefix.value[tier];
  const [, prefix] = /^[\d.]+\/(\d+)$/.exec(range) ?? [];
  if (prefix === undefined || wanted === undefined || Number(prefix) === wanted) return;
  yield {
    found: `reserved_ip_range is ${range} with tier "${tier}"`,
    because: `the tier takes a /${wanted}`,
    fix: `Set a /${wanted}, for example "${range.replace(/\/.*/, "")}/${wanted}".`,
  };
}
