// What officers must know about the mailboxes offices use: server, encryption and what the
// password field really wants. From the providers' own pages; see the mail tests for their quirks.

export interface Provider {
  id: string
  label: string
  domains: string[]
  server: string
  secret: string
  howTo: string
}

export const providers: Provider[] = [
  {
    id: '163',
    label: '网易 163 / 126 / yeah',
    domains: ['163.com', '126.com', 'yeah.net'],
    server: 'imap.163.com:993',
    secret: '授权码',
    howTo: '网页邮箱 → 设置 → POP3/SMTP/IMAP → 开启 IMAP，按提示发短信后得到授权码。登录密码不能用。',
  },
  {
    id: 'qq',
    label: 'QQ / foxmail',
    domains: ['qq.com', 'foxmail.com'],
    server: 'imap.qq.com:993',
    secret: '授权码',
    howTo: '网页邮箱 → 设置 → 账号与安全 → 开启 IMAP 服务，得到 16 位授权码。登录密码不能用。',
  },
  {
    id: 'exmail',
    label: '腾讯企业邮',
    domains: [],
    server: 'imap.exmail.qq.com:993',
    secret: '客户端专用密码',
    howTo: '开启了“安全登录”的账号要在网页邮箱里生成客户端专用密码；没有开启的用登录密码。',
  },
  {
    id: 'qiye163',
    label: '网易企业邮',
    domains: [],
    server: 'imap.qiye.163.com:993',
    secret: '授权密码',
    howTo: '网页邮箱 → 设置 → 客户端设置 → 生成客户端授权密码。',
  },
  {
    id: 'aliyun',
    label: '阿里企业邮',
    domains: [],
    server: 'imap.qiye.aliyun.com:993',
    secret: '第三方客户端安全密码',
    howTo: '网页邮箱 → 设置 → 账户与安全 → 第三方客户端安全密码。',
  },
  {
    id: 'other',
    label: '本单位邮件服务器',
    domains: [],
    server: '',
    secret: '密码',
    howTo: '向邮件管理员询问 IMAP 服务器地址、端口和加密方式；使用自签证书时还需要 CA 证书文件。',
  },
]

const own = providers[providers.length - 1]!

/** providerOf guesses by the address; an unknown domain is a server of the office itself. */
export function providerOf(user: string): Provider {
  const domain = user.trim().toLowerCase().split('@')[1] ?? ''
  return providers.find((p) => p.domains.includes(domain)) ?? own
}

/** serverOf is the server a known provider's address uses, or empty. */
export function serverOf(user: string): string {
  const domain = user.trim().toLowerCase().split('@')[1] ?? ''
  const known = providers.find((p) => p.domains.includes(domain))
  if (!known) return ''
  return known.id === '163' ? `imap.${domain}:993` : known.server
}

/** byServer finds the explanation for a server that was typed. */
export function byServer(server: string): Provider {
  const host = server.trim().toLowerCase().split(':')[0] ?? ''
  if (/^imap\.(163|126)\.com$|^imap\.yeah\.net$/.test(host)) return providers[0]!
  return providers.find((p) => p.server && p.server.startsWith(`${host}:`)) ?? own
}

export interface AccountProblems {
  server?: string
  user?: string
  password?: string
}

/** accountProblems says what an account still needs before it can be tested. */
export function accountProblems(a: {
  server: string
  user: string
  password?: string
  saved: boolean
}): AccountProblems {
  const found: AccountProblems = {}
  const [host, port] = splitServer(a.server)
  if (!host) found.server = '请填写服务器，例如 imap.163.com:993'
  else if (!port) found.server = '请写明端口，加密连接一般是 993'
  if (!a.user.trim()) found.user = '请填写邮箱地址'
  if (!a.password && !a.saved) found.password = `请填写${byServer(a.server).secret}`
  return found
}

function splitServer(server: string): [string, number] {
  const m = /^(.+):(\d{1,5})$/.exec(server.trim())
  if (!m) return [server.trim(), 0]
  const port = Number(m[2])
  return [m[1]!, port > 0 && port < 65536 ? port : 0]
}
