"""Every command there is, what handles it, and the permission without which it is refused."""

from collections.abc import Mapping

from core.queries.office import Office
from core.rules.permission import Permission as May
from core.services import digests, retention, stumbles
from core.services.credit import company, decide, expiry, nagging, request
from core.services.customers import bank_account, customer, file_change, findings, survey
from core.services.desk import Command, Desk, Handled
from core.services.imports import import_booking, import_copy, imports
from core.services.ledger import ledger, reconciliation, reminders
from core.services.people import channels, staff, unbinding
from core.services.policies import activation, former_tolerances, simulation
from core.services.rating import appeal, expert_sheets, override, publication, rerating, review, snapshot
from core.services.statements import statement_files, statements

COMMANDS: Mapping[type[Command], Handled] = {
    # people
    staff.AddPerson: Handled(staff.add_person, May.MANAGE_STAFF),
    staff.Invite: Handled(staff.invite, May.MANAGE_STAFF),
    staff.ShutOut: Handled(staff.shut_out, May.MANAGE_STAFF),
    unbinding.Unbind: Handled(unbinding.unbind, May.MANAGE_STAFF),
    unbinding.LeavePlace: Handled(unbinding.leave_place, May.BELONG),
    staff.Enter: Handled(staff.enter, May.ENTER),
    staff.BeReachable: Handled(staff.be_reachable, May.BELONG),
    staff.ChooseLanguage: Handled(staff.choose_language, May.BELONG),
    staff.GoOnLeave: Handled(staff.go_on_leave, May.BELONG),
    # customers
    customer.OpenCustomer: Handled(customer.open_customer, May.EDIT_CUSTOMER),
    file_change.ChangeCustomer: Handled(file_change.change_customer, May.EDIT_CUSTOMER),
    file_change.ChangeBankAccount: Handled(file_change.change_bank_account, May.EDIT_CUSTOMER),
    bank_account.ReadBankAccount: Handled(bank_account.read_bank_account, May.SEE_CUSTOMERS),
    survey.RecordSurvey: Handled(survey.record_survey, May.EDIT_CUSTOMER),
    # financial statements
    statements.RecordStatements: Handled(statements.record_statements, May.EDIT_CUSTOMER),
    statements.WithdrawStatement: Handled(statements.withdraw_statement, May.EDIT_CUSTOMER),
    statement_files.OpenStatementFile: Handled(statement_files.open_statement_file, May.EDIT_CUSTOMER),
    statement_files.PreviewStatementFile: Handled(statement_files.preview_statement_file, May.KEEP_TIME),
    statement_files.GiveUpStatementFile: Handled(statement_files.give_up_statement_file, May.KEEP_TIME),
    statement_files.KeepStatementFile: Handled(statement_files.keep_statement_file, May.EDIT_CUSTOMER),
    statement_files.DropStatementFile: Handled(statement_files.drop_statement_file, May.EDIT_CUSTOMER),
    findings.ExplainFinding: Handled(findings.explain_finding, May.EDIT_CUSTOMER),
    # credit
    request.SubmitRequest: Handled(request.submit_request, May.REQUEST_CREDIT),
    request.AnswerQuestion: Handled(request.answer_question, May.REQUEST_CREDIT),
    request.Withdraw: Handled(request.withdraw, May.REQUEST_CREDIT),
    decide.Decide: Handled(decide.decide, May.APPROVE),
    company.SetTotalOfLines: Handled(company.set_total_of_lines, May.SET_COMPANY),
    # rating anew
    review.OpenReview: Handled(review.start_review, May.RATE),
    review.RecordEvent: Handled(review.record_event, May.BELONG),
    review.ConfirmReview: Handled(review.confirm_review, May.RATE),
    review.CloseReview: Handled(review.close_review, May.RATE),
    review.AskForFacts: Handled(review.ask_for_facts, May.RATE),
    override.OverrideGrade: Handled(override.override_grade, May.RATE),
    override.ApproveOverride: Handled(override.approve_override, May.APPROVE),
    override.ReturnOverride: Handled(override.return_override, May.APPROVE),
    appeal.FileAppeal: Handled(appeal.file_appeal, May.REQUEST_CREDIT),
    appeal.WithdrawAppeal: Handled(appeal.withdraw_appeal, May.REQUEST_CREDIT),
    expert_sheets.AskExpert: Handled(expert_sheets.ask_expert, May.RATE),
    expert_sheets.GiveSheet: Handled(expert_sheets.give_sheet, May.BELONG),
    publication.ProposePublication: Handled(publication.propose_publication, May.SET_COMPANY),
    publication.ConfirmPublication: Handled(publication.confirm_publication, May.SET_COMPANY),
    publication.EndPublication: Handled(publication.end_publication, May.SET_COMPANY),
    # policies
    activation.ProposeActivation: Handled(activation.propose_activation, May.PROPOSE_POLICY),
    activation.WithdrawActivation: Handled(activation.withdraw_activation, May.PROPOSE_POLICY),
    activation.ConfirmActivation: Handled(activation.confirm_activation, May.CONFIRM_POLICY),
    activation.DeclineActivation: Handled(activation.decline_activation, May.CONFIRM_POLICY),
    former_tolerances.EnterFormerTolerances: Handled(
        former_tolerances.enter_former_tolerances, May.KEEP_TIME
    ),
    simulation.AskSimulation: Handled(simulation.ask_simulation, May.SEE_POLICIES),
    simulation.TellSimulation: Handled(simulation.tell_simulation, May.KEEP_TIME),
    # ledger
    imports.OpenImport: Handled(imports.open_import, May.IMPORT),
    imports.ConfirmImport: Handled(imports.confirm_import, May.IMPORT),
    imports.CancelImport: Handled(imports.cancel_import, May.IMPORT),
    import_copy.AskForMarkedCopy: Handled(import_copy.ask_for_marked_copy, May.IMPORT),
    imports.PreviewImport: Handled(imports.preview_import, May.KEEP_TIME),
    import_copy.SendMarkedCopy: Handled(import_copy.send_marked_copy, May.KEEP_TIME),
    imports.GiveUpImport: Handled(imports.give_up_import, May.KEEP_TIME),
    import_booking.ImportChunk: Handled(import_booking.import_chunk, May.KEEP_TIME),
    import_booking.FinishImport: Handled(import_booking.finish_import, May.KEEP_TIME),
    ledger.ReverseAllocation: Handled(ledger.reverse_allocation, May.IMPORT),
    # the clock
    reminders.ClimbLadder: Handled(reminders.climb_ladder, May.KEEP_TIME),
    digests.TellDigests: Handled(digests.tell_digests, May.KEEP_TIME),
    expiry.SuspendLine: Handled(expiry.suspend_line, May.KEEP_TIME),
    rerating.OpenReratings: Handled(rerating.open_reratings, May.KEEP_TIME),
    rerating.EscalateReview: Handled(rerating.escalate_review, May.KEEP_TIME),
    nagging.NagApprovers: Handled(nagging.nag_approvers, May.KEEP_TIME),
    nagging.EscalateRequest: Handled(nagging.escalate_request, May.KEEP_TIME),
    reconciliation.RecordDifferences: Handled(reconciliation.record_differences, May.KEEP_TIME),
    bank_account.ConcealBankAccounts: Handled(bank_account.conceal_bank_accounts, May.KEEP_TIME),
    retention.Prune: Handled(retention.prune, May.KEEP_TIME),
    retention.RecordPruned: Handled(retention.record_pruned, May.KEEP_TIME),
    snapshot.KeepGrades: Handled(snapshot.keep_grades, May.KEEP_TIME),
    snapshot.RecordSnapshot: Handled(snapshot.record_snapshot, May.KEEP_TIME),
    # what fails
    channels.ReportTakenOver: Handled(channels.report_taken_over, May.KEEP_TIME),
    stumbles.ReportStumble: Handled(stumbles.report_stumble, May.KEEP_TIME),
}


def open_desk(office: Office) -> Desk:
    """The desk of a company, with every command it knows."""
    return Desk(office, COMMANDS)
