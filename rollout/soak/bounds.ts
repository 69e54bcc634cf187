/** Confidence of a verdict: one in twenty may be chance. */
const CONFIDENCE = 0.95;
/** Standard deviations of that confidence, on one side. */
const DEVIATIONS = 1.645;
/** From this many bad responses on, the normal distribution (Wilson) is as good as the exact one, and quick. */
const MIN_COUNT_FOR_WILSON = 1000;

/**
 * Highest share of bad responses that is consistent with the samples (exact one-sided bound, Clopper and Pearson). No bad one in
 * n responses gives about 3/n: 299 responses bound 1 %, 59 bound 5 %, which is what "p95 below the limit" asks for.
 */
export function upperBound(bad: number, of: number): number {
  if (of <= 0 || bad >= of) return 1;
  if (bad >= MIN_COUNT_FOR_WILSON) return wilson(bad, of, 1);
  return bisect((share) => atMost(bad, of, share) > 1 - CONFIDENCE);
}

/** Lowest share of bad responses that is consistent with the samples. */
export function lowerBound(bad: number, of: number): number {
  if (of <= 0 || bad <= 0) return 0;
  if (bad > of) return 1;
  if (bad >= MIN_COUNT_FOR_WILSON) return wilson(bad, of, -1);
  return bisect((share) => 1 - atMost(bad - 1, of, share) < 1 - CONFIDENCE);
}

function wilson(bad: number, of: number, side: 1 | -1): number {
  const [share, square] = [bad / of, DEVIATIONS ** 2 / of];
  const spread = DEVIATIONS * Math.sqrt((share * (1 - share) + square / 4) / of);
  return (share + square / 2 + side * spread) / (1 + square);
}

/** Largest share for which a monotonic condition holds. */
function bisect(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of at most this many bad responses, at this share. */
function atMost(bad: number, of: number, share: number): number {
  if (share <= 0) return 1;
  if (share >= 1) return bad >= of ? 1 : 0;
  let [sum, logarithm] = [0, of * Math.log1p(-share)];
  const odds = Math.log(share) - Math.log1p(-share);
  for (let count = 0; count <= bad; count += 1) {
    sum += Math.exp(logarithm);
    logarithm += Math.log((of - count) / (count + 1)) + odds;
  }
  return Math.min(1, sum);
}
