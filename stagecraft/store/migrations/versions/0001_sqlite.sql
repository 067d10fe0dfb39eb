CREATE TABLE agent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	agency TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL
);
CREATE TABLE blob (
	hash TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (hash)
);
CREATE TABLE department (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	prefix TEXT NOT NULL, 
	route TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	hidden BOOLEAN NOT NULL, 
	CONSTRAINT uq_department_code UNIQUE (code)
);
CREATE TABLE house (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	paper TEXT NOT NULL, 
	time_style TEXT NOT NULL, 
	week_start INTEGER NOT NULL, 
	day_cut INTEGER NOT NULL
);
CREATE TABLE rule_pack (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT uq_rule_pack_code UNIQUE (code)
);
CREATE TABLE rule_verification (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pack TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	verified_by TEXT NOT NULL, 
	verified_on DATE NOT NULL, 
	fingerprint TEXT NOT NULL, 
	CONSTRAINT uq_rule_verification_pack_rule UNIQUE (pack, rule)
);
CREATE TABLE season (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	starts_on DATE, 
	ends_on DATE
);
CREATE TABLE show (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	title TEXT NOT NULL, 
	authors TEXT NOT NULL
);
CREATE TABLE venue (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	address TEXT NOT NULL, 
	city TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	capacity INTEGER
);
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	sort_name TEXT NOT NULL, 
	pronouns TEXT NOT NULL, 
	show_pronouns BOOLEAN NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL, 
	share_contact BOOLEAN NOT NULL, 
	organisation TEXT NOT NULL, 
	agent_id INTEGER, 
	photo TEXT, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_person_agent_id FOREIGN KEY(agent_id) REFERENCES agent (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_person_agent_id ON person (agent_id);
CREATE TABLE production (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	season_id INTEGER, 
	show_id INTEGER NOT NULL, 
	venue_id INTEGER, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	subtitle TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	colour TEXT NOT NULL, 
	first_rehearsal DATE, 
	first_preview DATE, 
	opening DATE, 
	closing DATE, 
	working_days INTEGER, 
	curtain_to_down INTEGER, 
	management TEXT NOT NULL, 
	rule_pack TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT uq_production_code UNIQUE (code), 
	CONSTRAINT fk_production_season_id FOREIGN KEY(season_id) REFERENCES season (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_production_show_id FOREIGN KEY(show_id) REFERENCES show (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_production_venue_id FOREIGN KEY(venue_id) REFERENCES venue (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_production_season_id ON production (season_id);
CREATE INDEX ix_production_show_id ON production (show_id);
CREATE INDEX ix_production_venue_id ON production (venue_id);
CREATE TABLE space (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	venue_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	use TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	hidden BOOLEAN NOT NULL, 
	CONSTRAINT fk_space_venue_id FOREIGN KEY(venue_id) REFERENCES venue (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_space_venue_id ON space (venue_id);
CREATE TABLE acceptance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	rule TEXT NOT NULL, 
	person_id INTEGER, 
	space_id INTEGER, 
	anchor TEXT NOT NULL, 
	measured TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	accepted_by TEXT NOT NULL, 
	accepted_on DATE NOT NULL, 
	CONSTRAINT uq_acceptance_rule_person_id_space_id_anchor UNIQUE (rule, person_id, space_id, anchor), 
	CONSTRAINT fk_acceptance_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_acceptance_space_id FOREIGN KEY(space_id) REFERENCES space (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_acceptance_person_id ON acceptance (person_id);
CREATE INDEX ix_acceptance_space_id ON acceptance (space_id);
CREATE TABLE act (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	minutes INTEGER, 
	CONSTRAINT fk_act_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_act_production_id ON act (production_id);
CREATE TABLE availability (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER, 
	space_id INTEGER, 
	production_id INTEGER, 
	kind TEXT NOT NULL, 
	hardness TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	starts_wall INTEGER NOT NULL, 
	ends_wall INTEGER NOT NULL, 
	starts_at INTEGER NOT NULL, 
	ends_at INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	approved_by TEXT NOT NULL, 
	CONSTRAINT fk_availability_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_availability_space_id FOREIGN KEY(space_id) REFERENCES space (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_availability_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_availability_person_time ON availability (person_id, starts_at, ends_at);
CREATE INDEX ix_availability_production_id ON availability (production_id);
CREATE INDEX ix_availability_space_time ON availability (space_id, starts_at, ends_at);
CREATE TABLE event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	space_id INTEGER, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	starts_wall INTEGER NOT NULL, 
	ends_wall INTEGER NOT NULL, 
	starts_at INTEGER NOT NULL, 
	ends_at INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	pinned BOOLEAN NOT NULL, 
	note TEXT NOT NULL, 
	breaks_planned BOOLEAN NOT NULL, 
	who TEXT NOT NULL, 
	CONSTRAINT fk_event_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_event_space_id FOREIGN KEY(space_id) REFERENCES space (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_event_production_time ON event (production_id, starts_wall);
CREATE INDEX ix_event_space_time ON event (space_id, starts_at, ends_at);
CREATE INDEX ix_event_starts_wall ON event (starts_wall, ends_wall);
CREATE TABLE issue (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	about DATE, 
	version INTEGER NOT NULL, 
	issued_at INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	privacy TEXT NOT NULL, 
	paper TEXT NOT NULL, 
	sheet TEXT NOT NULL, 
	calls TEXT NOT NULL, 
	pdf TEXT NOT NULL, 
	recipients TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT uq_issue_production_id_document_subject_version UNIQUE (production_id, document, subject, version), 
	CONSTRAINT fk_issue_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_issue_production_id ON issue (production_id);
CREATE TABLE job (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	"group" TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_job_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_job_production_id ON job (production_id);
CREATE TABLE milestone (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	on_date DATE NOT NULL, 
	at_minute INTEGER, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_milestone_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_milestone_production_id ON milestone (production_id);
CREATE TABLE person_private (
	person_id INTEGER NOT NULL, 
	legal_name TEXT NOT NULL, 
	address TEXT NOT NULL, 
	birthday DATE, 
	emergency_1 TEXT NOT NULL, 
	emergency_2 TEXT NOT NULL, 
	union_last4 TEXT NOT NULL, 
	CONSTRAINT pk_person_private PRIMARY KEY (person_id), 
	CONSTRAINT fk_person_private_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE person_sealed (
	person_id INTEGER NOT NULL, 
	medical TEXT NOT NULL, 
	CONSTRAINT pk_person_sealed PRIMARY KEY (person_id), 
	CONSTRAINT fk_person_sealed_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE phase (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_phase_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_phase_production_id ON phase (production_id);
CREATE TABLE rule_approval (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pack TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	production_id INTEGER, 
	person_id INTEGER, 
	kind TEXT NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	sets TEXT NOT NULL, 
	decided_by TEXT NOT NULL, 
	decided_on DATE, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_rule_approval_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_rule_approval_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_rule_approval_person_id ON rule_approval (person_id);
CREATE INDEX ix_rule_approval_production_id ON rule_approval (production_id);
CREATE TABLE script_draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	colour TEXT NOT NULL, 
	issued_on DATE NOT NULL, 
	pages TEXT NOT NULL, 
	note TEXT NOT NULL, 
	frozen BOOLEAN NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_script_draft_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_script_draft_production_id ON script_draft (production_id);
CREATE TABLE track (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT uq_track_production_id_code UNIQUE (production_id, code), 
	CONSTRAINT fk_track_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_track_production_id ON track (production_id);
CREATE TABLE attendance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	arrived_wall INTEGER, 
	minutes_late INTEGER, 
	reason TEXT NOT NULL, 
	CONSTRAINT fk_attendance_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_attendance_event_id ON attendance (event_id);
CREATE INDEX ix_attendance_person_id ON attendance (person_id);
CREATE TABLE availability_reason (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	availability_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT fk_availability_reason_availability_id FOREIGN KEY(availability_id) REFERENCES availability (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX ix_availability_reason_availability_id ON availability_reason (availability_id);
CREATE TABLE block (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	starts_wall INTEGER NOT NULL, 
	ends_wall INTEGER NOT NULL, 
	CONSTRAINT fk_block_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_block_event_id ON block (event_id);
CREATE TABLE call (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	starts_wall INTEGER NOT NULL, 
	ends_wall INTEGER NOT NULL, 
	starts_at INTEGER NOT NULL, 
	ends_at INTEGER NOT NULL, 
	own_time BOOLEAN NOT NULL, 
	source TEXT NOT NULL, 
	status TEXT NOT NULL, 
	as_role TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_call_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_call_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_call_event ON call (event_id);
CREATE INDEX ix_call_person_time ON call (person_id, starts_at, ends_at, event_id);
CREATE TABLE cover_readiness (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	track_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	cleared_on DATE, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_cover_readiness_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_cover_readiness_track_id FOREIGN KEY(track_id) REFERENCES track (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_cover_readiness_person_id ON cover_readiness (person_id);
CREATE INDEX ix_cover_readiness_track_id ON cover_readiness (track_id);
CREATE TABLE performance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	production_id INTEGER NOT NULL, 
	number INTEGER, 
	slot TEXT NOT NULL, 
	type TEXT NOT NULL, 
	half_hour INTEGER NOT NULL, 
	attendance INTEGER, 
	held_because TEXT NOT NULL, 
	act1_up INTEGER, 
	act1_down INTEGER, 
	act2_up INTEGER, 
	act2_down INTEGER, 
	cancelled_because TEXT NOT NULL, 
	CONSTRAINT uq_performance_production_id_number UNIQUE (production_id, number), 
	CONSTRAINT fk_performance_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_performance_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX ix_performance_event_id ON performance (event_id);
CREATE INDEX ix_performance_production_id ON performance (production_id);
CREATE TABLE role (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	track_id INTEGER, 
	name TEXT NOT NULL, 
	short_name TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_role_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_role_track_id FOREIGN KEY(track_id) REFERENCES track (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_role_production_id ON role (production_id);
CREATE INDEX ix_role_track_id ON role (track_id);
CREATE TABLE scene (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	act_id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	title TEXT NOT NULL, 
	page_from TEXT NOT NULL, 
	page_to TEXT NOT NULL, 
	minutes INTEGER, 
	position INTEGER NOT NULL, 
	cut BOOLEAN NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_scene_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_scene_act_id FOREIGN KEY(act_id) REFERENCES act (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_scene_act_id ON scene (act_id);
CREATE INDEX ix_scene_production_id ON scene (production_id);
CREATE TABLE contract (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	production_id INTEGER NOT NULL, 
	agent_id INTEGER, 
	number TEXT NOT NULL, 
	agreement TEXT NOT NULL, 
	subtype TEXT NOT NULL, 
	job TEXT NOT NULL, 
	state TEXT NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	notice_by_actor_days INTEGER, 
	notice_by_producer_days INTEGER, 
	final_performance_id INTEGER, 
	billing TEXT NOT NULL, 
	dressing_room TEXT NOT NULL, 
	rule_pack TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	replacement TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_contract_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contract_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contract_agent_id FOREIGN KEY(agent_id) REFERENCES agent (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contract_final_performance_id FOREIGN KEY(final_performance_id) REFERENCES performance (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contract_agent_id ON contract (agent_id);
CREATE INDEX ix_contract_final_performance_id ON contract (final_performance_id);
CREATE INDEX ix_contract_person_id ON contract (person_id);
CREATE INDEX ix_contract_production_id ON contract (production_id);
CREATE TABLE event_unit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id INTEGER NOT NULL, 
	scene_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_event_unit_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_event_unit_scene_id FOREIGN KEY(scene_id) REFERENCES scene (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_event_unit_event_id ON event_unit (event_id);
CREATE INDEX ix_event_unit_scene_id ON event_unit (scene_id);
CREATE TABLE french_scene (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	scene_id INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	title TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_french_scene_scene_id FOREIGN KEY(scene_id) REFERENCES scene (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_french_scene_scene_id ON french_scene (scene_id);
CREATE TABLE musical_number (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	scene_id INTEGER, 
	title TEXT NOT NULL, 
	status TEXT NOT NULL, 
	minutes INTEGER, 
	position INTEGER NOT NULL, 
	cut_on DATE, 
	CONSTRAINT fk_musical_number_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_musical_number_scene_id FOREIGN KEY(scene_id) REFERENCES scene (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_musical_number_production_id ON musical_number (production_id);
CREATE INDEX ix_musical_number_scene_id ON musical_number (scene_id);
CREATE TABLE performance_cast (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	performance_id INTEGER NOT NULL, 
	track_id INTEGER NOT NULL, 
	person_id INTEGER, 
	reason TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT uq_performance_cast_performance_id_track_id UNIQUE (performance_id, track_id), 
	CONSTRAINT fk_performance_cast_performance_id FOREIGN KEY(performance_id) REFERENCES performance (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_performance_cast_track_id FOREIGN KEY(track_id) REFERENCES track (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_performance_cast_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_performance_cast_performance_id ON performance_cast (performance_id);
CREATE INDEX ix_performance_cast_person_id ON performance_cast (person_id);
CREATE INDEX ix_performance_cast_track_id ON performance_cast (track_id);
CREATE TABLE report (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	on_date DATE NOT NULL, 
	performance_id INTEGER, 
	started INTEGER, 
	ended INTEGER, 
	meal_starts INTEGER, 
	meal_ends INTEGER, 
	general TEXT NOT NULL, 
	visitors TEXT NOT NULL, 
	incidents TEXT NOT NULL, 
	script_changes TEXT NOT NULL, 
	run_title TEXT NOT NULL, 
	run_minutes INTEGER, 
	author_id INTEGER, 
	line TEXT NOT NULL, 
	CONSTRAINT uq_report_production_id_kind_number UNIQUE (production_id, kind, number), 
	CONSTRAINT fk_report_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_report_performance_id FOREIGN KEY(performance_id) REFERENCES performance (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_report_author_id FOREIGN KEY(author_id) REFERENCES person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_report_author_id ON report (author_id);
CREATE INDEX ix_report_performance_id ON report (performance_id);
CREATE INDEX ix_report_production_id ON report (production_id);
CREATE TABLE assignment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	production_id INTEGER NOT NULL, 
	contract_id INTEGER, 
	track_id INTEGER, 
	job_id INTEGER, 
	kind TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	note TEXT NOT NULL, 
	CONSTRAINT fk_assignment_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_assignment_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_assignment_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_assignment_track_id FOREIGN KEY(track_id) REFERENCES track (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_assignment_job_id FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_assignment_contract_id ON assignment (contract_id);
CREATE INDEX ix_assignment_job_id ON assignment (job_id);
CREATE INDEX ix_assignment_person_id ON assignment (person_id);
CREATE INDEX ix_assignment_production_id ON assignment (production_id);
CREATE INDEX ix_assignment_track_id ON assignment (track_id);
CREATE TABLE attachment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER, 
	contract_id INTEGER, 
	report_id INTEGER, 
	name TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	CONSTRAINT fk_attachment_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attachment_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attachment_report_id FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_attachment_contract_id ON attachment (contract_id);
CREATE INDEX ix_attachment_person_id ON attachment (person_id);
CREATE INDEX ix_attachment_report_id ON attachment (report_id);
CREATE TABLE contract_deadline (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contract_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	due_on DATE NOT NULL, 
	owner TEXT NOT NULL, 
	done_on DATE, 
	CONSTRAINT fk_contract_deadline_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contract_deadline_contract_id ON contract_deadline (contract_id);
CREATE TABLE contract_increment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contract_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	weekly INTEGER NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	CONSTRAINT fk_contract_increment_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contract_increment_contract_id ON contract_increment (contract_id);
CREATE TABLE contract_money (
	contract_id INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	weekly INTEGER, 
	per_diem INTEGER, 
	commission_bp INTEGER, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_contract_money PRIMARY KEY (contract_id), 
	CONSTRAINT fk_contract_money_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE contract_option (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contract_id INTEGER NOT NULL, 
	holder TEXT NOT NULL, 
	extends_weeks INTEGER, 
	notice_weeks INTEGER NOT NULL, 
	due_on DATE, 
	state TEXT NOT NULL, 
	decided_on DATE, 
	method TEXT NOT NULL, 
	note TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	CONSTRAINT fk_contract_option_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contract_option_contract_id ON contract_option (contract_id);
CREATE TABLE note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	production_id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	department_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	state TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	carried_from_id INTEGER, 
	twin_id INTEGER, 
	owner TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_note_production_id FOREIGN KEY(production_id) REFERENCES production (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_note_report_id FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_note_department_id FOREIGN KEY(department_id) REFERENCES department (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_note_carried_from_id FOREIGN KEY(carried_from_id) REFERENCES note (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_note_twin_id FOREIGN KEY(twin_id) REFERENCES note (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_note_carried_from_id ON note (carried_from_id);
CREATE INDEX ix_note_department_id ON note (department_id);
CREATE INDEX ix_note_production_id ON note (production_id);
CREATE INDEX ix_note_report_id ON note (report_id);
CREATE INDEX ix_note_twin_id ON note (twin_id);
CREATE TABLE opening (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	contract_id INTEGER, 
	what TEXT NOT NULL, 
	opened_at INTEGER NOT NULL, 
	CONSTRAINT fk_opening_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_opening_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_opening_contract_id ON opening (contract_id);
CREATE INDEX ix_opening_person_id ON opening (person_id);
CREATE TABLE participation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	scene_id INTEGER NOT NULL, 
	french_scene_id INTEGER, 
	track_id INTEGER NOT NULL, 
	mark TEXT NOT NULL, 
	CONSTRAINT uq_participation_scene_id_french_scene_id_track_id UNIQUE (scene_id, french_scene_id, track_id), 
	CONSTRAINT fk_participation_scene_id FOREIGN KEY(scene_id) REFERENCES scene (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_participation_french_scene_id FOREIGN KEY(french_scene_id) REFERENCES french_scene (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_participation_track_id FOREIGN KEY(track_id) REFERENCES track (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_participation_french_scene_id ON participation (french_scene_id);
CREATE INDEX ix_participation_scene_id ON participation (scene_id);
CREATE INDEX ix_participation_track_id ON participation (track_id);
CREATE TABLE report_break (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	report_id INTEGER NOT NULL, 
	starts_wall INTEGER NOT NULL, 
	ends_wall INTEGER NOT NULL, 
	CONSTRAINT fk_report_break_report_id FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_report_break_report_id ON report_break (report_id);
CREATE TABLE report_work (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	report_id INTEGER NOT NULL, 
	event_id INTEGER, 
	starts_wall INTEGER NOT NULL, 
	ends_wall INTEGER NOT NULL, 
	room TEXT NOT NULL, 
	text TEXT NOT NULL, 
	led_by TEXT NOT NULL, 
	run_minutes INTEGER, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_report_work_report_id FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_report_work_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_report_work_event_id ON report_work (event_id);
CREATE INDEX ix_report_work_report_id ON report_work (report_id);
CREATE TABLE rider (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contract_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	state TEXT NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	CONSTRAINT fk_rider_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_rider_contract_id ON rider (contract_id);
CREATE TABLE contract_state_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contract_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	on_date DATE NOT NULL, 
	note TEXT NOT NULL, 
	attachment_id INTEGER, 
	CONSTRAINT fk_contract_state_change_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_contract_state_change_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contract_state_change_attachment_id ON contract_state_change (attachment_id);
CREATE INDEX ix_contract_state_change_contract_id ON contract_state_change (contract_id);
