/**
 * The page's Content Security Policy (CSP Level 3), the same in every host: only files of our own, no
 * frame, no form, no eval, and text becomes markup through named Trusted Types policies alone. `vue` is Vue's own policy;
 * `default` lets the empty string through and nothing else, which ECharts needs when it starts.
 */
export const pagePolicy = (connect: string): string => [
  'default-src \'none\'',
  'script-src \'self\'',
  'style-src \'self\'',
  'img-src \'self\' data:',
  'font-src \'self\'',
  `connect-src ${connect}`,
  'object-src \'none\'',
  'base-uri \'none\'',
  'form-action \'none\'',
  'frame-ancestors \'none\'',
  'require-trusted-types-for \'script\'',
  'trusted-types vue default',
].join('; ')
