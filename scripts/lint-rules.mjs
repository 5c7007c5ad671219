// The project's own lint rules, each a selector of syntax that must not occur and why.

/** A rule that reports every node that the selector (ESLint's, https://eslint.org/docs/latest/extend/selectors) finds. */
const never = (selector, message) => ({
  create: (context) => ({ [selector]: (node) => context.report({ node, message }) }),
});

export default {
  meta: { name: "cloudguard" },
  rules: {
    "no-swallowed-errors": never(
      "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
      "A swallowed error is a lie later: name the one case and say why, or let it rise.",
    ),
    "no-raw-sql": never(
      "MemberExpression[property.name=/^\\$(queryRaw|executeRaw)$/]",
      "Raw SQL lives in server/db and in a room's queries files.",
    ),
    "no-unsafe-sql": never(
      "MemberExpression[property.name=/^\\$(queryRawUnsafe|executeRawUnsafe)$/]",
      "SQL is written as tagged templates only, so that no value becomes part of it.",
    ),
    "no-mocks": never(
      "MemberExpression[object.name='vi'][property.name=/^(mock|doMock|spyOn|fn)$/]",
      "Tests run on the real thing: PostgreSQL and the simulated AWS.",
    ),
    "no-skipped-tests": never(
      "CallExpression[callee.property.name=/^(skip|only|todo|skipIf)$/][callee.object.name=/^(it|test|describe)$/]",
      "A test that does not run is worse than none.",
    ),
  },
};
