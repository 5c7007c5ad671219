/** Pure: a region as people say it; where AWS keeps something for all regions at once there is no region to name. */
export function regionName(region: string): string {
  return region === "aws-global" ? "Global" : region;
}
