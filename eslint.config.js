import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

/** Who may import what: ARCHITECTURE.md. Each folder names what it may never import; tests/house/walls.test.ts holds it. */
const outsideNode = ['node:*', 'electron', 'ws', 'commander', 'tar-stream']
const outsidePage = ['vue', 'vue-router', 'pinia', 'echarts', 'echarts/*', 'reka-ui', '@lucide/vue', '@tanstack/*']
/** Of the engine its hosts know the service, and how to read a saved snapshot and write a file. (A pattern with braces would match nothing: these are gitignore patterns.) */
const insideEngine = ['**/engine/**', '!**/engine/service', '!**/engine/save-file', '!**/engine/read-snapshot-file']
const walls = [
  { folder: 'shared', never: [...outsideNode, ...outsidePage, '**/engine/**', '**/electron/**', '**/cli/**', '**/renderer/**', '**/tests/**'] },
  { folder: 'engine', never: ['electron', 'ws', 'commander', ...outsidePage, '**/electron/**', '**/cli/**', '**/renderer/**', '**/tests/**'] },
  { folder: 'electron', never: ['ws', 'commander', ...outsidePage, ...insideEngine, '**/cli/**', '**/renderer/**', '**/tests/**'] },
  { folder: 'cli', never: ['electron', ...outsidePage, ...insideEngine, '**/electron/**', '**/renderer/**', '**/tests/**'] },
  { folder: 'verify', never: ['electron', 'ws', 'commander', 'tar-stream', 'vitest', ...outsidePage, ...insideEngine, '**/electron/**', '**/cli/**', '**/renderer/**', '**/tests/**'] },
  { folder: 'renderer', never: [...outsideNode, '**/engine/**', '**/electron/**', '**/cli/**', '**/tests/**'] },
]

const limits = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'no-console': 'error',
  'eqeqeq': ['error', 'always', { null: 'ignore' }],
  'no-restricted-syntax': ['error', {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Text from containers never becomes HTML.',
  }],
}

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', 'test-results/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser }, globals: globals.browser },
  },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      ...limits,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-undef': 'off',
      'vue/no-v-html': 'error',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', 'examples/**/*.js'],
    languageOptions: { globals: globals.node },
    rules: { ...limits, 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: globals.node },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['tests/**', 'verify/**', 'cli/**', 'build/**', '*.config.ts'], rules: { 'no-console': 'off' } },
  // A Playwright fixture names what it uses by destructuring, also when that is nothing.
  { files: ['tests/e2e/**'], rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] } },
  ...walls.map(({ folder, never }) => ({
    files: [`${folder}/**/*.{ts,vue}`],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [{ group: never, message: `${folder}/ may not import this: see "Who may import what" in ARCHITECTURE.md.` }],
      }],
    },
  })),
)
