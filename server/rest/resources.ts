import { z } from "zod";
import { shortNames, typesOf } from "../resources/short-names";
import { completeness, presentCompleteness, time } from "./completeness";
import { defineEndpoint } from "./endpoint";
import { countsOf } from "./resource-counts";
import { exampleCounts, exampleResource } from "./resource-examples";
import { presentResource, resource } from "./resource-shapes";

const count = z.int().nullable();

export const countResources = defineEndpoint({
  method: "GET",
  path: "/api/aws-resources",
  id: "countResources",
  group: "Resources",
  summary: "Get aggregated resource counts",
  description:
    "Counts over all connected accounts. A count that was never read is null, never zero; `completeness` says of every type how much of it was read, when, and what is in the way.",
  status: 200,
  data: z.object({
    ec2Count: count,
    s3Count: count,
    lambdaCount: count,
    rdsCount: count.meta({ description: "Instances and clusters." }),
    lastUpdated: time.nullable().meta({ description: "The oldest read that these four count." }),
    completeness: z.array(
      z.object({ type: z.enum(shortNames), count, isComplete: z.boolean() }).extend(completeness.shape),
    ),
  }),
  example: { data: exampleCounts },
  call: async (api) => countsOf(await api.resources.counts()),
});

export const listResources = defineEndpoint({
  method: "GET",
  path: "/api/aws-resources/details",
  id: "listResources",
  group: "Resources",
  summary: "Get detailed resource inventory",
  description:
    "By name, in numbered pages up to the 10,000th row. Beyond that, and to walk everything, pass the `nextCursor` of one page as `cursor` for the next. `total` is exact.",
  query: z.object({
    page: z.coerce.number().int().min(1).max(1_000_000).default(1).meta({ description: "Page number." }),
    limit: z.coerce.number().int().min(1).max(100).default(50).meta({ description: "Items per page." }),
    type: z.enum(shortNames).optional().meta({
      description: "Filter by resource type. `rds` is instances and clusters.",
    }),
    cursor: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .meta({ description: "Instead of `page`: where the last page ended." }),
  }),
  status: 200,
  data: z.object({
    resources: z.array(resource),
    pagination: z.object({
      page: z.int().nullable().meta({ description: "null where the page was asked for by `cursor`." }),
      limit: z.int(),
      total: z.int(),
      totalPages: z.int(),
      nextCursor: z.string().nullable().meta({ description: "null on the last page." }),
    }),
    completeness,
  }),
  example: {
    query: { type: "ec2", limit: 10 },
    data: {
      resources: [exampleResource],
      pagination: { page: 1, limit: 10, total: 1, totalPages: 1, nextCursor: null },
      completeness: {
        cellsTotal: 34,
        cellsRead: 34,
        cellsFailing: 0,
        accountsFailing: 0,
        accountsWaiting: 0,
        asOf: exampleResource.seenAt,
        isStale: false,
        gaps: [],
      },
    },
  },
  async call(api, { query: { page, limit, type, cursor } }) {
    const types = type ? typesOf(type) : undefined;
    const found = cursor
      ? await api.resources.list({ filter: { types }, limit, cursor })
      : await api.resources.numberedPage({ types, page, limit });
    const total = found.total.count;
    return {
      resources: found.rows.map(presentResource),
      pagination: {
        page: cursor ? null : page,
        limit,
        total,
        totalPages: Math.ceil(total / limit),
        nextCursor: found.nextCursor,
      },
      completeness: presentCompleteness(found.completeness),
    };
  },
});
