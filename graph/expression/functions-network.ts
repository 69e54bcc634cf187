import { Address4, Address6 } from "ip-address";
import type { Value } from "../value.ts";
import type { FunctionTable } from "./function.ts";
import { numberOf } from "./values.ts";

/** A range of either family, as numbers. */
interface Network {
  readonly first: bigint;
  readonly prefix: number;
  /** 32 or 128. */
  readonly bits: number;
}

function networkOf(value: Value | undefined): Network | undefined {
  if (typeof value !== "string" || !value.includes("/")) return undefined;
  const kind = value.includes(":") ? Address6 : Address4;
  if (!kind.isValid(value)) return undefined;
  const address = new kind(value);
  const bits = kind === Address4 ? 32 : 128;
  return { first: address.startAddress().bigInt(), prefix: address.subnetMask, bits };
}

function addressText(address: bigint, bits: number): string {
  return bits === 32
    ? Address4.fromBigInt(address).correctForm()
    : Address6.fromBigInt(address).correctForm();
}

function cidrText({ first, prefix, bits }: Network): string {
  return `${addressText(first, bits)}/${prefix}`;
}

function subnet(network: Network, newBits: number, number: bigint): Network | undefined {
  const prefix = network.prefix + newBits;
  if (newBits < 0 || prefix > network.bits || number < 0n || number >= 2n ** BigInt(newBits))
    return undefined;
  return { first: network.first + number * 2n ** BigInt(network.bits - prefix), prefix, bits: network.bits };
}

function whole(value: Value | undefined): number | undefined {
  const number = numberOf(value ?? null);
  return Number.isInteger(number) ? number : undefined;
}

/** Ranges one after the other, each at the next place that its size allows. */
function subnets([base, ...sizes]: readonly Value[]): Value | undefined {
  const network = networkOf(base);
  if (network === undefined) return undefined;
  const results: string[] = [];
  const end = network.first + 2n ** BigInt(network.bits - network.prefix);
  let next = network.first;
  for (const size of sizes) {
    const prefix = network.prefix + (whole(size) ?? Number.NaN);
    if (!(prefix >= network.prefix && prefix <= network.bits)) return undefined;
    const length = 2n ** BigInt(network.bits - prefix);
    const first = ((next + length - 1n) / length) * length;
    if (first + length > end) return undefined;
    results.push(cidrText({ first, prefix, bits: network.bits }));
    next = first + length;
  }
  return results;
}

export const networkFunctions: FunctionTable = {
  strict: {
    // Of OpenTofu.
    cidrcontains: ([outer, inner]) => {
      const network = networkOf(outer);
      const other = networkOf(inner) ?? networkOf(`${inner}/${String(inner).includes(":") ? 128 : 32}`);
      if (network === undefined || other === undefined || network.bits !== other.bits) return undefined;
      const size = 2n ** BigInt(network.bits - network.prefix);
      return (
        other.prefix >= network.prefix && other.first >= network.first && other.first < network.first + size
      );
    },
    cidrhost: ([base, host]) => {
      const [network, number] = [networkOf(base), whole(host)];
      if (network === undefined || number === undefined) return undefined;
      const size = 2n ** BigInt(network.bits - network.prefix);
      const offset = number < 0 ? size + BigInt(number) : BigInt(number);
      return offset < 0n || offset >= size ? undefined : addressText(network.first + offset, network.bits);
    },
    cidrnetmask: ([base]) => {
      const network = networkOf(base);
      if (network === undefined || network.bits !== 32) return undefined;
      return addressText(2n ** 32n - 2n ** BigInt(32 - network.prefix), 32);
    },
    cidrsubnet: ([base, bits, number]) => {
      const [network, newBits, netNumber] = [networkOf(base), whole(bits), whole(number)];
      if (network === undefined || newBits === undefined || netNumber === undefined) return undefined;
      const found = subnet(network, newBits, BigInt(netNumber));
      return found === undefined ? undefined : cidrText(found);
    },
    cidrsubnets: subnets,
  },
  lenient: {},
};
