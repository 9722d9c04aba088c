/** Names that usually hold a credential. The value is never collected, so a name is all there is to go by. */
const SECRET_NAME = /(?:passw|passphrase|secret|token|api_?key|access_?key|private_?key|credential|auth$|_auth_|session_?key|dsn$|conn(?:ection)?_?str)/i

export const looksSecret = (variableName: string): boolean => SECRET_NAME.test(variableName)
