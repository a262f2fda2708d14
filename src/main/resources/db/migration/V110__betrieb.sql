-- Sessions and jobs: the tables without a Mandant (see the ADR on the Mandant). Names and columns are prescribed by
-- Spring Session and db-scheduler. A job knows ids. A session knows the person, and for up to its timeout what somebody had typed when an
-- earlier one ended (ADR 0003).

CREATE TABLE spring_session (
    primary_id            char(36) PRIMARY KEY,
    session_id            char(36) NOT NULL UNIQUE,
    creation_time         bigint NOT NULL,
    last_access_time      bigint NOT NULL,
    max_inactive_interval int NOT NULL,
    expiry_time           bigint NOT NULL,
    principal_name        varchar(100)
);
CREATE INDEX spring_session_ablauf ON spring_session (expiry_time);
CREATE INDEX spring_session_person ON spring_session (principal_name);

CREATE TABLE spring_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES spring_session ON DELETE CASCADE,
    attribute_name     varchar(200) NOT NULL,
    attribute_bytes    bytea NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);

CREATE TABLE scheduled_tasks (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_faellig ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_lebenszeichen ON scheduled_tasks (last_heartbeat);
CREATE INDEX scheduled_tasks_dringlich ON scheduled_tasks (priority DESC, execution_time ASC);

GRANT SELECT, INSERT, UPDATE, DELETE ON spring_session, spring_session_attributes, scheduled_tasks TO ${laufzeitrolle};
