/**
 * Centers of labels as near to the wanted ones as they can be without overlap.
 *
 * @param wanted from 0 to 1, in ascending order
 * @param width of a label, between the same ends
 */
export function spread(wanted: readonly number[], width: number): number[] {
  let least = width / 2;
  const fromLeft = wanted.map((center) => {
    const placed = Math.max(center, least);
    least = placed + width;
    return placed;
  });
  let most = 1 - width / 2;
  return fromLeft
    .toReversed()
    .map((center) => {
      const placed = Math.min(center, most);
      most = placed - width;
      return placed;
    })
    .reverse();
}
