// What the client's scripts share; for the type checker only.
interface Window { baogao: any; baogaoSearch: any }
interface WorkerGlobalScope { baogao: any }
