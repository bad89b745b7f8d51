export namespace app {
	
	export interface Preferences {
	    width: number;
	    height: number;
	    maximised: boolean;
	    theme: string;
	    density: string;
	    font_size: number;
	    single_keys: boolean;
	    idle_minutes: number;
	    nav_narrow: boolean;
	    widths: Record<string, number>;
	    choices: Record<string, string>;
	}

}

export namespace desk {
	
	export interface ActInput {
	    case: string;
	    action: string;
	    track?: string;
	    at?: string;
	    reason?: string;
	    fields: Record<string, any>;
	    seen?: string[];
	    draft?: string;
	}
	export interface LetterUse {
	    kind: string;
	    label: string;
	}
	export interface OptionRow {
	    id: string;
	    label: string;
	    help?: string;
	    article?: string;
	}
	export interface FieldRow {
	    id: string;
	    label: string;
	    type: string;
	    required: string;
	    when?: any;
	    options: OptionRow[];
	    suggest?: OptionRow[];
	    min?: number;
	    max?: number;
	    item?: FieldRow[];
	    value?: any;
	    help?: string;
	    article?: string;
	}
	export interface ActionRow {
	    id: string;
	    label: string;
	    track: string;
	    article: string;
	    guidance?: string;
	    fields: FieldRow[];
	    letters: LetterUse[];
	    allowed: boolean;
	    why?: string;
	    reversible: boolean;
	    confirm?: string;
	    key?: string;
	}
	export interface AttachmentRow {
	    id: string;
	    name: string;
	    type: string;
	    size: number;
	    sha256: string;
	    added_at: string;
	    by: string;
	    here: boolean;
	    path?: string;
	}
	export interface CalendarMove {
	    number: string;
	    clock: string;
	    old: string;
	    new: string;
	    late?: boolean;
	}
	export interface CalendarChange {
	    at: string;
	    what: string[];
	    moves: CalendarMove[];
	    firm: number;
	}
	export interface CalendarDay {
	    date: string;
	    work: boolean;
	    why: string;
	}
	
	export interface OwnDay {
	    date: string;
	    work: boolean;
	    name: string;
	}
	export interface CalendarYear {
	    year: number;
	    known: boolean;
	    source: string;
	    days: CalendarDay[];
	    own: OwnDay[];
	    years: number[];
	    doubts?: string[];
	}
	export interface NoticeRow {
	    id: string;
	    text: string;
	    actions?: OptionRow[];
	}
	export interface ProposalFact {
	    label: string;
	    text: string;
	}
	export interface ProposalCase {
	    id: string;
	    number: string;
	    received_at: string;
	    stage_label: string;
	    shows: ProposalFact[];
	}
	export interface ProposalRow {
	    rule: string;
	    label: string;
	    action: string;
	    action_label: string;
	    value: string;
	    why: string;
	    article: string;
	    cases: ProposalCase[];
	}
	export interface CaseRow {
	    id: string;
	    number: string;
	    regime: string;
	    regime_title: string;
	    stage: string;
	    stage_label: string;
	    light: string;
	    complainant: string;
	    respondent: string;
	    next: string;
	    next_label: string;
	    due: string;
	    due_text: string;
	    due_label: string;
	    demand?: string;
	    assignee: string;
	    channel: string;
	    received_at: string;
	    office: string;
	    conflict: boolean;
	    closed: boolean;
	}
	export interface ContradictionBy {
	    entry: string;
	    officer: string;
	    office: string;
	    at: string;
	    line: string;
	    own: boolean;
	    letters?: string;
	    told: boolean;
	}
	export interface ContradictionRow {
	    id: string;
	    case: string;
	    number: string;
	    slots: string[];
	    label: string;
	    branches: ContradictionBy[];
	}
	export interface LetterRow {
	    id: string;
	    kind: string;
	    label: string;
	    number: string;
	    issued_at: string;
	    sha256: string;
	    voided: boolean;
	    delivered?: string;
	    path?: string;
	}
	export interface HistoryRow {
	    id: string;
	    type: string;
	    label: string;
	    at: string;
	    recorded_at: string;
	    officer: string;
	    replica: string;
	    office: string;
	    own: boolean;
	    line: string;
	    kind: string;
	    undone: boolean;
	    reversible: boolean;
	    letter?: string;
	}
	export interface ClockRow {
	    id: string;
	    label: string;
	    due: string;
	    due_text: string;
	    act_by: string;
	    state: string;
	    light: string;
	    provisional: boolean;
	    origin: string;
	    basis: string;
	    readings?: string[];
	    start?: string;
	    stopped?: string;
	    ignored?: string[];
	    demands?: string;
	    on_overdue?: string;
	}
	export interface PropertyRow {
	    id: string;
	    label: string;
	    text: string;
	    masked: boolean;
	    privacy?: string;
	}
	export interface Unit {
	    name: string;
	    code?: string;
	    address?: string;
	    head?: string;
	    phone?: string;
	    area?: string;
	}
	export interface Person {
	    name: string;
	    kind?: string;
	    phone?: string;
	    address?: string;
	    id_type?: string;
	    id_number?: string;
	    email?: string;
	    birth?: string;
	    died_on?: string;
	    scope?: string;
	    matters?: string;
	    authority?: string;
	    until?: string;
	    original_seen?: boolean;
	    id_seen?: boolean;
	    relation?: string;
	    relation_proof?: string;
	}
	export interface StageRow {
	    id: string;
	    label: string;
	    state: string;
	}
	export interface TrackRow {
	    id: string;
	    label: string;
	    stage: string;
	    stage_label: string;
	    ended: boolean;
	    stages: StageRow[];
	    guidance?: string;
	}
	export interface RegimeRef {
	    id: string;
	    version: string;
	    title?: string;
	}
	export interface CaseDetail {
	    number: string;
	    id: string;
	    regime: RegimeRef;
	    stage: string;
	    stage_label: string;
	    tracks: TrackRow[];
	    received_at: string;
	    channel: string;
	    complainant: Person;
	    respondent: Unit;
	    request: string;
	    facts: string;
	    category: string;
	    fields: Record<string, any>;
	    properties: PropertyRow[];
	    clocks: ClockRow[];
	    history: HistoryRow[];
	    letters: LetterRow[];
	    attachments: AttachmentRow[];
	    contradictions: ContradictionRow[];
	    links: CaseRow[];
	    proposals: ProposalRow[];
	    primary: string;
	    incomplete: string;
	    read_only: string;
	    assignee: string;
	    protected: boolean;
	    viewers?: string[];
	    notices?: NoticeRow[];
	    reached: string;
	    heads: string[];
	}
	export interface CasePage {
	    total: number;
	    from: number;
	    rows: CaseRow[];
	    as_of: string;
	}
	export interface CaseQuery {
	    query: string;
	    stage: string;
	    light: string;
	    regime: string;
	    channel: string;
	    assignee: string;
	    open: string;
	    received: string;
	    sort: string;
	    limit: number;
	}
	
	export interface Change {
	    act: string;
	    line: string;
	    row: CaseRow;
	    reversible: boolean;
	}
	
	export interface ClockSetting {
	    regime: string;
	    clock: string;
	    label: string;
	    span: string;
	    origin: string;
	    article: string;
	    locked: boolean;
	    law?: string;
	    bound?: string;
	    own: boolean;
	    by_case: boolean;
	}
	
	
	export interface Counter {
	    id: string;
	    label: string;
	    count: number;
	    light: string;
	}
	export interface DraftRow {
	    id: string;
	    title: string;
	    at: string;
	    data: Record<string, any>;
	}
	export interface Excerpt {
	    request: string;
	    facts: string;
	    files?: string[];
	}
	export interface ExplainDay {
	    date: string;
	    counts: boolean;
	    why: string;
	}
	export interface Explanation {
	    clock: ClockRow;
	    days: ExplainDay[];
	    readings: string[];
	    text: string;
	}
	
	export interface Found {
	    kind: string;
	    id: string;
	    title: string;
	    hint: string;
	}
	
	export interface InitInput {
	    office_code: string;
	    office_name: string;
	    officer: string;
	    password: string;
	    issuer?: string;
	    capacity?: string;
	    sector?: string;
	    code_word?: string;
	    review_body?: string;
	    court?: string;
	    regime?: string;
	    recovery_file?: string;
	}
	export interface InitResult {
	    replica: string;
	    recovery_code: string;
	    recovery_path: string;
	}
	export interface Issued {
	    id: string;
	    number: string;
	    sha256: string;
	    act: string;
	    path: string;
	}
	export interface JoinAsk {
	    replica: string;
	    office: string;
	    at: string;
	    valid: boolean;
	    why: string;
	}
	export interface Missing {
	    field: string;
	    label: string;
	    where: string;
	}
	export interface LetterKind {
	    kind: string;
	    label: string;
	    complete: boolean;
	    missing: Missing[];
	    issued?: string;
	}
	export interface LetterQueueRow {
	    case: string;
	    number: string;
	    complainant: string;
	    respondent: string;
	    light: string;
	    due: string;
	    due_text: string;
	    kind: string;
	    label: string;
	    complete: boolean;
	    missing: number;
	    issued: string;
	    letter: string;
	    at: string;
	}
	
	
	export interface Look {
	    at: string;
	    officer: string;
	    of: string;
	    number?: string;
	    what: string;
	}
	export interface MailAccount {
	    id: string;
	    server: string;
	    user: string;
	    tls: string;
	    folder: string;
	    ca_file: string;
	    password?: string;
	    saved: boolean;
	    protected?: boolean;
	}
	export interface RegisterInput {
	    regime: string;
	    matter: string;
	    channel: string;
	    received_at: string;
	    sent_at?: string;
	    forwarded_at?: string;
	    handed_at?: string;
	    complainant: Person;
	    agent?: Person;
	    respondent: Unit;
	    request: string;
	    facts: string;
	    category: string;
	    fields?: Record<string, any>;
	    protected?: boolean;
	    viewers?: string[];
	    message?: string;
	    draft?: string;
	}
	export interface Span {
	    source: string;
	    start: number;
	    end: number;
	}
	export interface Suggested {
	    field: string;
	    label: string;
	    value: string;
	    confidence: number;
	    word: string;
	    span?: Span;
	    why: string;
	    alternatives?: Suggested[];
	}
	export interface MessageDetail {
	    id: string;
	    from: string;
	    subject: string;
	    date: string;
	    state: string;
	    case?: string;
	    attachments: number;
	    auto: boolean;
	    warning?: string;
	    snippet: string;
	    to: string;
	    text: string;
	    files: AttachmentRow[];
	    suggestion: Suggested[];
	    input: RegisterInput;
	    complete: boolean;
	    similar: CaseRow[];
	    warnings: string[];
	    path: string;
	}
	export interface MessageRow {
	    id: string;
	    from: string;
	    subject: string;
	    date: string;
	    state: string;
	    case?: string;
	    attachments: number;
	    auto: boolean;
	    warning?: string;
	    snippet: string;
	}
	export interface MessagePage {
	    total: number;
	    counts: Record<string, number>;
	    rows: MessageRow[];
	}
	
	
	
	export interface OfficerChange {
	    phone?: string;
	    roles?: string[];
	    in_charge?: string[];
	    skills?: string[];
	}
	export interface OfficerRow {
	    id: string;
	    name: string;
	    phone: string;
	    roles: string[];
	    retired: boolean;
	    office: string;
	    in_charge: string[];
	    skills: string[];
	}
	
	
	export interface PartsInput {
	    message?: string;
	    draft?: string;
	    parts: RegisterInput[];
	}
	
	export interface PersonSuggestion {
	    row: CaseRow;
	    reasons: string[];
	}
	export interface PersonCount {
	    label: string;
	    count: number;
	}
	export interface PersonCard {
	    id: string;
	    name: string;
	    names: string[];
	    cases: number;
	    first: string;
	    last: string;
	    phones: string[];
	    addresses: string[];
	    id_tails: string[];
	    emails: string[];
	    rows: CaseRow[];
	    by_respondent: PersonCount[];
	    by_category: PersonCount[];
	    suggestions: PersonSuggestion[];
	}
	
	export interface PersonRow {
	    id: string;
	    name: string;
	    names: string[];
	    cases: number;
	    first: string;
	    last: string;
	}
	
	export interface Profile {
	    office_code: string;
	    office_name: string;
	    issuer: string;
	    capacity: string;
	    sector: string;
	    code_word: string;
	    system: string;
	    review_body: string;
	    review_address: string;
	    review_online: string;
	    court: string;
	    appeal: string;
	    appeal_days: string;
	    department: string;
	    address: string;
	    phone: string;
	    hours: string;
	    confirmed_by: string;
	    confirmed_on: string;
	    refusal_free: boolean;
	    authority_basis: string;
	    area: string;
	}
	export interface ProfileForm {
	    profile: Profile;
	    capacities: OptionRow[];
	    sectors: OptionRow[];
	    systems: OptionRow[];
	    missing: string[];
	    advice: string[];
	}
	
	
	
	
	export interface ReadAction {
	    id: string;
	    track: string;
	    label: string;
	    stages: string[];
	    roles: string[];
	    when: string;
	    fields: string[];
	    letters: string[];
	    article: string;
	    guidance: string;
	}
	export interface ReadStep {
	    label: string;
	    article: string;
	    guidance: string;
	    roles: string;
	}
	export interface ReadChannel {
	    id: string;
	    label: string;
	    says: string[];
	    asks: string[];
	    matters: string[];
	    next: ReadStep[];
	    limits: string[];
	    guidance: string;
	}
	export interface ReadRemedy {
	    text: string;
	    note: string;
	}
	export interface ReadLetter {
	    kind: string;
	    label: string;
	    title: string;
	    when: string;
	    article: string;
	    needs: string[];
	    remedy: ReadRemedy[];
	}
	export interface ReadLimit {
	    id: string;
	    label: string;
	    span: string;
	    words: string;
	    start: string;
	    stop: string;
	    excludes: string[];
	    only: string;
	    roll: string;
	    extend: string;
	    warn: string;
	    overdue: string;
	    origin: string;
	    article: string;
	    law: string;
	    binds: string;
	    note: string;
	    own: boolean;
	}
	export interface ReadListItem {
	    id: string;
	    label: string;
	    text: string;
	    article: string;
	    own: boolean;
	}
	export interface ReadList {
	    id: string;
	    label: string;
	    open: boolean;
	    items: ReadListItem[];
	}
	
	
	export interface ReadRole {
	    id: string;
	    label: string;
	    does: string[];
	    overdue: string[];
	}
	export interface ReadStage {
	    id: string;
	    label: string;
	    waits: string;
	    end: boolean;
	    guidance: string;
	}
	
	export interface ReadWay {
	    from: string;
	    to: string;
	    action: string;
	    label: string;
	    when: string;
	}
	export interface ReadTrack {
	    id: string;
	    label: string;
	    opened: string[];
	    many: boolean;
	    stages: ReadStage[];
	    ways: ReadWay[];
	}
	
	export interface RecordRow {
	    id: string;
	    values: Record<string, any>;
	    cells: PropertyRow[];
	    at: string;
	    by: string;
	}
	export interface RecoverySheet {
	    office_code: string;
	    office_name: string;
	    officer: string;
	    code: string;
	}
	export interface RefusedFile {
	    code: string;
	    message: string;
	    hint: string;
	}
	export interface RegimeProblem {
	    line: number;
	    path: string;
	    message: string;
	}
	export interface RegimeRow {
	    id: string;
	    title: string;
	    system: string;
	    version: string;
	    effective_from: string;
	    effective_to: string;
	}
	export interface RegimeChecked {
	    ok: boolean;
	    regime: RegimeRow;
	    problems: RegimeProblem[];
	    error?: RefusedFile;
	}
	export interface RegimeTurn {
	    what: string;
	    before: string;
	    after: string;
	}
	export interface RegimeMove {
	    part: string;
	    id: string;
	    label: string;
	    change: string;
	    values: RegimeTurn[];
	}
	export interface RegimeDiff {
	    before: RegimeRow;
	    after: RegimeRow;
	    rows: RegimeMove[];
	}
	export interface RegimeDraft {
	    based: string;
	    text: string;
	    checked: RegimeChecked;
	}
	export interface RegimeForm {
	    regime: RegimeRow;
	    matters: OptionRow[];
	    channels: OptionRow[];
	    categories: OptionRow[];
	    standard: FieldRow[];
	    fields: FieldRow[];
	    article: string;
	    guidance: string;
	    anonymous: string[];
	    protected: string[];
	}
	
	
	export interface RegimeVersion {
	    version: string;
	    effective_from: string;
	    effective_to: string;
	}
	export interface MatterRow {
	    id: string;
	    label: string;
	    help: string;
	    flags: string[];
	}
	export interface SupplementRow {
	    number: string;
	    title: string;
	    issued: string;
	    effective_from: string;
	    stage: string;
	    text: string;
	}
	export interface RegimeReading {
	    id: string;
	    title: string;
	    system: string;
	    version: string;
	    effective_from: string;
	    effective_to: string;
	    purpose: string;
	    issuer: string;
	    interpreter: string;
	    basis: string[];
	    supplements: SupplementRow[];
	    capacities: string[];
	    sectors: string[];
	    matters: MatterRow[];
	    roles: OptionRow[];
	    channels: ReadChannel[];
	    tracks: ReadTrack[];
	    actions: ReadAction[];
	    limits: ReadLimit[];
	    letters: ReadLetter[];
	    lists: ReadList[];
	    people: ReadRole[];
	    fields: OptionRow[];
	    versions: RegimeVersion[];
	    adopted: boolean;
	}
	
	
	
	
	
	export interface Registered {
	    number: string;
	    id: string;
	    stage: string;
	    act: string;
	}
	export interface Secrecy {
	    protected: boolean;
	    hidden: boolean;
	    viewers: string[];
	    others: OptionRow[];
	    looks: boolean;
	}
	export interface SetupStatus {
	    exists: boolean;
	    unlocked: boolean;
	    officers: string[];
	    data_dir: string;
	    practice: boolean;
	    clock_warn: string;
	    read_only: string;
	    version: string;
	}
	export interface ShareFrom {
	    replica: string;
	    office: string;
	    last: string;
	    have: number;
	    behind: number;
	    clock: string;
	    own: boolean;
	}
	export interface Skipped {
	    file: string;
	    why: string;
	}
	export interface ShareStatus {
	    state: string;
	    line: string;
	    folder: string;
	    space: string;
	    unsent: number;
	    offices: ShareFrom[];
	    skipped: Skipped[];
	    requests: JoinAsk[];
	    log: string[];
	    forked: string;
	}
	
	
	export interface SplitInput {
	    regime: string;
	    matter: string;
	    channel: string;
	    received_at: string;
	    sent_at?: string;
	    forwarded_at?: string;
	    handed_at?: string;
	    complainant: Person;
	    agent?: Person;
	    respondent: Unit;
	    request: string;
	    facts: string;
	    category: string;
	    fields?: Record<string, any>;
	    protected?: boolean;
	    viewers?: string[];
	    message?: string;
	    draft?: string;
	    open?: boolean;
	    excerpt?: Excerpt;
	}
	
	
	
	
	export interface WeekDay {
	    date: string;
	    label: string;
	    workday: boolean;
	    count: number;
	}
	export interface WorkGroup {
	    action: string;
	    label: string;
	    total: number;
	    rows: CaseRow[];
	}
	export interface WorkList {
	    counters: Counter[];
	    groups: WorkGroup[];
	    week: WeekDay[];
	    as_of: string;
	    today: string;
	    holiday: string;
	}

}

export namespace regime {
	
	export interface Change {
	    part: string;
	    id: string;
	    value: string;
	}

}

