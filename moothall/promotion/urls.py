"""The map of promotion: the desk's boards and pool, promotions for a while, and people's own pages."""

from django.urls import path

from .views import boards, candidates, own, pool, temporary

CANDIDATE = "promotion/candidates/<int:number>/"
TEMPORARY = "promotion/temporary/<int:number>/"

urlpatterns = [
    path("promotion/", boards.promotion_boards, name="promotion_boards"),
    path("promotion/boards/new/", boards.draw_up_board, name="draw_up_board"),
    path("promotion/boards/<int:number>/", boards.promotion_board, name="promotion_board"),
    path("promotion/boards/<int:number>/marking/", boards.tell_sift, name="tell_sift"),
    path("promotion/boards/<int:number>/results/", boards.give_results, name="give_results"),
    path(f"{CANDIDATE}eligibility/", candidates.check_candidate, name="check_candidate"),
    path(f"{CANDIDATE}eligibility/return/", candidates.take_back_check, name="take_back_check"),
    path(f"{CANDIDATE}standards/", candidates.note_standards, name="note_standards"),
    path(f"{CANDIDATE}end/", candidates.turn_down_candidate, name="turn_down_candidate"),
    path(f"{CANDIDATE}appeal/", candidates.decide_promotion_appeal, name="decide_promotion_appeal"),
    path("promotion/pool/", pool.promotion_pool, name="promotion_pool"),
    path("promotion/pool/<int:number>/posting/", pool.post_from_pool, name="post_from_pool"),
    path("promotion/pool/<int:number>/leaving/", pool.leave_pool, name="leave_pool"),
    path("promotion/pool/<int:number>/return/", pool.return_to_pool, name="return_to_pool"),
    path("promotion/temporary/", temporary.temporary_promotions, name="temporary_promotions"),
    path("promotion/temporary/new/", temporary.begin_promotion, name="begin_promotion"),
    path(TEMPORARY, temporary.temporary_promotion, name="temporary_promotion"),
    path(f"{TEMPORARY}prolonging/", temporary.prolong_promotion, name="prolong_promotion"),
    path(f"{TEMPORARY}prolonging/return/", temporary.take_back_prolonging, name="take_back_prolonging"),
    path(f"{TEMPORARY}review/", temporary.review_promotion, name="review_promotion"),
    path(f"{TEMPORARY}confirmation/", temporary.confirm_promotion, name="confirm_promotion"),
    path(f"{TEMPORARY}end/", temporary.end_promotion, name="end_promotion"),
    path(f"{TEMPORARY}end/return/", temporary.take_back_promotion_end, name="take_back_promotion_end"),
    path("me/promotion/", own.my_promotion, name="my_promotion"),
    path("me/promotion/boards/<int:number>/", own.apply_to_board, name="apply_to_board"),
    path("me/promotion/<int:number>/appeal/", own.ask_for_promotion_appeal, name="ask_for_promotion_appeal"),
    path("me/promotion/support/", own.promotions_to_support, name="promotions_to_support"),
    path("me/promotion/support/<int:number>/", own.support_candidate, name="support_candidate"),
    path("me/promotion/support/<int:number>/return/", own.take_back_support, name="take_back_support"),
]
