import { json, refusal } from "./answers";
import type { DemoOrganization, DemoUser } from "./identities";
import { emailFace } from "./resources";

/** A person's part in an organisation. */
export interface Membership {
  organization: DemoOrganization;
  user: DemoUser;
  role: "admin" | "member";
}

/** Clerk's own system permissions of its two roles, which its components ask for. */
const permissions = {
  member: ["org:sys_memberships:read"],
  admin: ["org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read", "org:sys_memberships:manage"],
};

export function membershipsOf(user: DemoUser, organizations: DemoOrganization[]): Membership[] {
  return organizations.flatMap((organization) =>
    organization.members.filter(({ userId }) => userId === user.id).map(({ role }) => ({ organization, user, role })),
  );
}

/** The membership that is active in a session; undefined for the personal tenant and for an organisation one is not in. */
export function activeMembership(
  user: DemoUser | undefined,
  organizationId: string | undefined,
  organizations: DemoOrganization[],
): Membership | undefined {
  if (!user) return undefined;
  return membershipsOf(user, organizations).find(({ organization }) => organization.id === organizationId);
}

export function membershipJson({ organization, user, role }: Membership) {
  return {
    object: "organization_membership",
    id: `orgmem_${organization.id}_${user.id}`,
    role: `org:${role}`,
    role_name: role === "admin" ? "Admin" : "Member",
    permissions: permissions[role],
    organization: organizationJson(organization),
    public_user_data: { ...emailFace(user), user_id: user.id },
    public_metadata: {},
    created_at: 1,
    updated_at: 1,
  };
}

/**
 * What Clerk's organisation switcher and profile ask of the Frontend API: one's memberships, an organisation's members and
 * roles. The demo's organisation is given, so that invitations, suggestions and domains are empty lists.
 */
export function answerOrganizations(
  { path, method }: { path: string; method: string },
  user: DemoUser,
  { users, organizations }: { users: DemoUser[]; organizations: DemoOrganization[] },
): Response | null {
  const own = membershipsOf(user, organizations);
  if (method === "GET" && path === "v1/me/organization_memberships") return listed(own.map(membershipJson));
  if (method === "GET" && /^v1\/me\/organization_(invitations|suggestions)$/.test(path)) return listed([]);
  const [, id, part] = /^v1\/organizations\/(\w+)(?:\/(\w+))?/.exec(path) ?? [];
  if (!id) return null;
  const organization = own.find((membership) => membership.organization.id === id)?.organization;
  if (!organization) return refusal(404, "resource_not_found", "There is no such organization.");
  if (method !== "GET") return refusal(403, "not_allowed", "The demo's organization is given and does not change.");
  if (!part) return json({ response: organizationJson(organization), client: null });
  if (part === "memberships")
    return listed(users.flatMap((member) => membershipsOf(member, [organization])).map(membershipJson));
  return listed(part === "roles" ? (["admin", "member"] as const).map(roleJson) : []);
}

/** The form of Clerk's paginated answers. */
const listed = (data: object[]) => json({ response: { data, total_count: data.length }, client: null });

function organizationJson({ id, name, slug, members }: DemoOrganization) {
  return {
    object: "organization",
    id,
    name,
    slug,
    image_url: "",
    has_image: false,
    members_count: members.length,
    pending_invitations_count: 0,
    max_allowed_memberships: 0,
    admin_delete_enabled: false,
    public_metadata: {},
    created_at: 1,
    updated_at: 1,
  };
}

function roleJson(role: "admin" | "member") {
  const name = role === "admin" ? "Admin" : "Member";
  return {
    object: "role",
    id: `role_${role}`,
    key: `org:${role}`,
    name,
    description: name,
    permissions: [],
    created_at: 1,
    updated_at: 1,
  };
}
