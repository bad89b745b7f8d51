import { describe, expect, test } from 'vitest'
import { accountProblems, byServer, providerOf, serverOf } from './providers'

test.each([
  ['a@163.com', 'imap.163.com:993', '授权码'],
  ['a@126.com', 'imap.126.com:993', '授权码'],
  ['a@YEAH.net', 'imap.yeah.net:993', '授权码'],
  ['12345@qq.com', 'imap.qq.com:993', '授权码'],
  ['a@gov.example', '', '密码'],
  ['a', '', '密码'],
])('%s is served by %s and wants %s', (user, server, secret) => {
  expect(serverOf(user)).toBe(server)
  expect(providerOf(user).secret).toBe(secret)
})

test.each([
  ['imap.126.com:993', '163'],
  ['imap.exmail.qq.com:993', 'exmail'],
  ['imap.qq.com', 'qq'],
  ['mail.example.cn:993', 'other'],
  ['', 'other'],
])('the server %s is explained as %s', (server, id) => {
  expect(byServer(server).id).toBe(id)
})

describe('an account in order', () => {
  const whole = { server: 'imap.163.com:993', user: 'a@163.com', password: 'x', saved: false }

  test('needs nothing', () => {
    expect(accountProblems(whole)).toEqual({})
  })
  test('needs no password when one is saved', () => {
    expect(accountProblems({ ...whole, password: '', saved: true })).toEqual({})
  })
  test.each([
    [{ server: '' }, 'server'],
    [{ server: 'imap.163.com' }, 'server'],
    [{ server: 'imap.163.com:99999' }, 'server'],
    [{ user: ' ' }, 'user'],
    [{ password: '' }, 'password'],
  ])('%o lacks %s', (change, field) => {
    expect(accountProblems({ ...whole, ...change })).toHaveProperty(field)
  })
})
