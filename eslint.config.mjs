import nextCoreWebVitals from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

const swallowed = {
  selector: "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
  message: "A swallowed error is a lie later: name the one case and say why, or let it rise.",
};
const rawSql = {
  selector: "MemberExpression[property.name=/^\\$(queryRaw|executeRaw)$/]",
  message: "Raw SQL lives in server/db and in a room's queries files.",
};
const unsafeSql = {
  selector: "MemberExpression[property.name=/^\\$(queryRawUnsafe|executeRawUnsafe)$/]",
  message: "SQL is written as tagged templates only, so that no value becomes part of it.",
};
const mocks = {
  selector: "MemberExpression[object.name='vi'][property.name=/^(mock|doMock|spyOn|fn)$/]",
  message: "Tests run on the real thing: PostgreSQL and the simulated AWS.",
};
const skipped = {
  selector:
    "CallExpression[callee.property.name=/^(skip|only|todo|skipIf)$/][callee.object.name=/^(it|test|describe)$/]",
  message: "A test that does not run is worse than none.",
};

// React's rules read every file as a component would be: they are for the folders that have components.
const ofPages = nextCoreWebVitals.map((config) =>
  config.rules ? { ...config, files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"] } : config,
);

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      ".next/",
      ".local/",
      "dist/",
      "coverage/",
      "test-results/",
      "playwright-report/",
      "next-env.d.ts",
      "server/db/generated/",
    ],
  },
  ...ofPages,
  {
    files: ["**/*.{ts,tsx,mjs}"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "smart"],
      "no-console": "off",
      "no-restricted-syntax": ["error", swallowed, unsafeSql, mocks, skipped],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"],
    rules: {
      "import/no-anonymous-default-export": "off",
      // About CommonJS's own variable, which no module here has.
      "@next/next/no-assign-module-variable": "off",
      // Memoising by hand, and effects that set state, are judged at the review.
      "react-hooks/set-state-in-effect": "off",
      "react-hooks/incompatible-library": "off",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/only-throw-error": ["error", { allowRethrowing: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ["server/**/*.ts", "app/**/*.{ts,tsx}"],
    ignores: ["server/db/**", "**/*queries.ts", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", swallowed, unsafeSql, rawSql, mocks, skipped] },
  },
  {
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["../*"], message: "From another folder import by the alias: @/…" }] },
      ],
    },
  },
  {
    files: ["server/**/*.ts", "demo/**/*.ts", "bench/**/*.ts", "tests/**/*.ts", "e2e/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@/*"],
              message: "Outside app/ and components/ import by relative path: these files also run without a bundler.",
            },
          ],
        },
      ],
    },
  },
);
