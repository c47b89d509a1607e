// quidjs 0.8.0 has types, and its `exports` hide them.
declare module 'quidjs' {
  export function useQuidRequests(options: {
    quidUri: string
    serverUri: string
    namespace: string
    verbose: boolean
  }): {
    login(username: string, password: string): Promise<void>
    get(url: string): Promise<Record<string, unknown>>
    post(url: string, payload: object): Promise<Record<string, unknown>>
  }
}
